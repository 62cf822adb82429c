"""Colours as (red, green, blue), 0 to 255."""

RGB = tuple[int, int, int]
WHITE: RGB = (255, 255, 255)
BLACK: RGB = (0, 0, 0)


def rgb(text: str) -> RGB:
    """From `#RRGGBB`."""
    value = int(text[1:], 16)
    return value >> 16, value >> 8 & 255, value & 255


def mix(one: RGB, other: RGB, share: float) -> RGB:
    """`share` of the other colour, 0 to 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def lighter(colour: RGB, share: float) -> RGB:
    return mix(colour, WHITE, share)


def darker(colour: RGB, share: float) -> RGB:
    return mix(colour, BLACK, share)


def luminance(colour: RGB) -> float:
    """Relative luminance after WCAG, 0 to 1."""
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: RGB, other: RGB) -> float:
    """WCAG contrast ratio, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def ink_on(ground: RGB) -> RGB:
    """White where it reads, else a very dark shade of the ground."""
    return WHITE if contrast(WHITE, ground) >= 2.6 else darker(ground, 0.8)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
