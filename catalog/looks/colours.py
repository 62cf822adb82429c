"""Colours as people enter them, and whether words can be read on them (WCAG 2.2: relative
luminance and contrast)."""

import re

Rgb = tuple[int, int, int]

WHITE: Rgb = (255, 255, 255)
BLACK: Rgb = (0, 0, 0)
DARK: Rgb = (18, 20, 26)

READABLE = 4.5
"""WCAG AA for text of any size."""

SEEN = 3.0
"""WCAG AA for what is told beside the text itself."""

_HEX = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def parse_colour(text: str) -> Rgb:
    """#rgb or #rrggbb. Raises ValueError that says so."""
    if not _HEX.fullmatch(text):
        raise ValueError(f"{text!r} is no colour; expected #rrggbb, for example #ff8800")
    digits = text[1:]
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def luminance(colour: Rgb) -> float:
    """Relative luminance, 0 for black to 1 for white."""
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """Contrast ratio, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mix(one: Rgb, other: Rgb, share: float) -> Rgb:
    """`share` of the other colour, the rest of the one."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def ink_on(ground: str) -> str:
    """White, or what is nearly black where that is read better: `#rrggbb` both."""
    colour = parse_colour(ground)
    ink = WHITE if contrast(WHITE, colour) >= contrast(DARK, colour) else DARK
    return "#{:02X}{:02X}{:02X}".format(*ink)


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
