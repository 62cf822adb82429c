"""Shades for the demo's pictures."""

from catalog.looks.colours import BLACK, WHITE, Rgb, contrast, mix


def lighter(colour: Rgb, share: float) -> Rgb:
    return mix(colour, WHITE, share)


def darker(colour: Rgb, share: float) -> Rgb:
    return mix(colour, BLACK, share)


def ink_on(ground: Rgb) -> Rgb:
    """White where it reads, else a very dark shade of the ground."""
    return WHITE if contrast(WHITE, ground) >= 2.6 else darker(ground, 0.8)
