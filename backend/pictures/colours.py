"""Brand colours and ink that can be read on them (WCAG 2.2 relative luminance and contrast)."""

import re
from dataclasses import dataclass

Rgb = tuple[int, int, int]

WHITE: Rgb = (255, 255, 255)
BLACK: Rgb = (0, 0, 0)
DARK: Rgb = (18, 20, 26)

READABLE = 4.5
"""WCAG AA for text of any size."""

_NEARLY_READABLE = 3.0
"""White is the ink people expect on red, green or violet: from here on the colour is darkened."""

_HEX = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


@dataclass(frozen=True, slots=True)
class Palette:
    """Two ends of a gradient and an ink that has contrast READABLE or better on both."""

    start: Rgb
    end: Rgb
    ink: Rgb


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


def palette(primary: str, secondary: str | None) -> Palette:
    """The brand's colours, moved towards black or white only as far as reading needs.

    Ink follows the primary colour; without a secondary a shade of the primary takes its place.
    Raises ValueError for a text that is no colour.
    """
    start = parse_colour(primary)
    ink = WHITE if contrast(WHITE, start) >= _NEARLY_READABLE else DARK
    away = BLACK if ink == WHITE else WHITE
    end = parse_colour(secondary) if secondary else mix(start, away, 0.22)
    return Palette(_readable(start, ink, away), _readable(end, ink, away), ink)


def _readable(colour: Rgb, ink: Rgb, away: Rgb) -> Rgb:
    for step in range(21):
        moved = mix(colour, away, step / 20)
        if contrast(moved, ink) >= READABLE:
            return moved
    return away


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
