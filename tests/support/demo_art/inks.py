"""The colours that a mark is drawn with, made of a brand's two."""

from dataclasses import dataclass

from catalog.looks.colours import Rgb, luminance, mix
from tests.support.demo_art.colour import darker, lighter


@dataclass(frozen=True, slots=True)
class Inks:
    """`ground` is behind the mark, `light` its body, `main` its second colour, `deep` its lines."""

    ground: Rgb
    light: Rgb
    main: Rgb
    deep: Rgb

    @property
    def shade(self) -> Rgb:
        """The body in shadow."""
        return mix(self.light, self.ground, 0.18)

    @property
    def main_shade(self) -> Rgb:
        return darker(self.main, 0.16)


def inks(ground: Rgb, main: Rgb) -> Inks:
    deep = darker(ground, 0.45 if luminance(ground) < 0.4 else 0.8)
    return Inks(ground, lighter(main, 0.88), main, deep)
