"""The colours that a mark is drawn with, made of a brand's two."""

from dataclasses import dataclass

from catalog.pack.draw.colour import RGB, darker, lighter, luminance, mix


@dataclass(frozen=True, slots=True)
class Inks:
    """`ground` is behind the mark, `light` its body, `main` its second colour, `deep` its lines."""

    ground: RGB
    light: RGB
    main: RGB
    deep: RGB

    @property
    def shade(self) -> RGB:
        """The body in shadow."""
        return mix(self.light, self.ground, 0.18)

    @property
    def main_shade(self) -> RGB:
        return darker(self.main, 0.16)


def inks(ground: RGB, main: RGB) -> Inks:
    deep = darker(ground, 0.45 if luminance(ground) < 0.4 else 0.8)
    return Inks(ground, lighter(main, 0.88), main, deep)
