"""Brand colours as the two ends of a gradient, with ink that can be read on them."""

from dataclasses import dataclass

from catalog.looks.colours import (
    BLACK,
    DARK,
    READABLE,
    WHITE,
    Rgb,
    contrast,
    luminance,
    mix,
    parse_colour,
)

_NEARLY_READABLE = 3.0
"""White is the ink people expect on red, green or violet: from here on the colour is darkened."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Two ends of a gradient and an ink that has contrast READABLE or better on both."""

    start: Rgb
    end: Rgb
    ink: Rgb


def palette(primary: str, secondary: str | None, ink: str | None = None) -> Palette:
    """The brand's colours, moved towards black or white only as far as reading needs.

    Without an `ink` it follows the primary colour; without a secondary a shade of the primary takes
    its place. Raises ValueError for a text that is no colour.
    """
    start = parse_colour(primary)
    letters = parse_colour(ink) if ink else _usual_ink(start)
    # Both ends on one side of the ink: between them the gradient passes no other.
    away = BLACK if luminance(start) < luminance(letters) else WHITE
    end = parse_colour(secondary) if secondary else mix(start, away, 0.22)
    return Palette(_readable(start, letters, away), _readable(end, letters, away), letters)


def _usual_ink(start: Rgb) -> Rgb:
    return WHITE if contrast(WHITE, start) >= _NEARLY_READABLE else DARK


def _readable(colour: Rgb, ink: Rgb, away: Rgb) -> Rgb:
    for step in range(21):
        moved = mix(colour, away, step / 20)
        beyond = (luminance(moved) < luminance(ink)) == (away == BLACK)
        if beyond and contrast(moved, ink) >= READABLE:
            return moved
    return away
