"""Backgrounds of offer pictures: big calm shapes in shades of one colour."""

from collections.abc import Callable
from random import Random

from catalog.looks.colours import Rgb, mix
from tests.support.demo_art.colour import darker, lighter
from tests.support.demo_art.pen import Frame, Pen

# The hero stands here, in pixels of a picture of 1200 × 675.
HERO_X, HERO_Y = 868, 350
Scene = Callable[[Pen, Rgb, Rgb, Random], None]


def _at(pen: Pen, x: float, y: float, side: float, turn: float = 0.0) -> Pen:
    return Pen(pen.image, Frame(x, y, side, turn))


def sun(pen: Pen, ground: Rgb, main: Rgb, chance: Random) -> None:
    """Two discs behind the hero."""
    del chance
    _at(pen, HERO_X, HERO_Y, 1000).circle(50, 50, 50, lighter(ground, 0.07))
    _at(pen, HERO_X, HERO_Y, 760).circle(50, 50, 50, lighter(ground, 0.15))
    _at(pen, HERO_X, HERO_Y, 540).circle(50, 50, 50, mix(lighter(ground, 0.22), main, 0.07))


def rays(pen: Pen, ground: Rgb, main: Rgb, chance: Random) -> None:
    """A sunburst."""
    turn = chance.random() * 20
    for i in range(12):
        ray = _at(pen, HERO_X, HERO_Y, 2200, 30 * i + turn)
        ray.polygon(((50, 50), (43.4, 0), (56.6, 0)), lighter(ground, 0.09))
    _at(pen, HERO_X, HERO_Y, 560).circle(50, 50, 50, mix(lighter(ground, 0.2), main, 0.07))


def hills(pen: Pen, ground: Rgb, main: Rgb, chance: Random) -> None:
    """Three waves from below."""
    _at(pen, HERO_X, HERO_Y - 20, 600).circle(50, 50, 50, lighter(ground, 0.14))
    for i, top in enumerate((430, 510, 585)):
        lift = chance.uniform(30, 70)
        page = _at(pen, 600, 600, 1200)
        y = (top - 0) / 12
        wave = (
            f"M-5 {y} C20 {y - lift / 6} 38 {y + 6} 60 {y - 3} C78 {y - 10} 92 {y - 4} 106 {y - 6}"
        )
        page.path(f"{wave} L106 110 L-5 110", mix(darker(ground, 0.08 + 0.09 * i), main, 0.05 * i))


def blobs(pen: Pen, ground: Rgb, main: Rgb, chance: Random) -> None:
    """Soft uneven spots."""
    spot = "M50 4 C76 0 98 20 96 46 C94 66 88 92 58 95 C34 98 8 88 4 58 C0 30 22 8 50 4"
    first = _at(pen, HERO_X, HERO_Y, 690, chance.uniform(0, 360))
    first.path(spot, mix(lighter(ground, 0.18), main, 0.06))
    places = ((1130, 40, 330), (560, 690, 360), (1180, 640, 250), (30, 40, 240))
    for x, y, side in places:
        _at(pen, x, y, side, chance.uniform(0, 360)).path(spot, lighter(ground, 0.08))


def arches(pen: Pen, ground: Rgb, main: Rgb, chance: Random) -> None:
    """A portal of three arches."""
    del chance
    shades = (0.06, 0.13, 0.2)
    for i, width in enumerate((720, 580, 440)):
        shade = mix(lighter(ground, shades[i]), main, 0.03 * i)
        top = 60 + 55 * i
        arch = _at(pen, HERO_X, top + width / 2, width)
        arch.circle(50, 50, 50, shade)
        arch.box(0, 50, 100, 300, 0.1, shade)


def stripes(pen: Pen, ground: Rgb, main: Rgb, chance: Random) -> None:
    """Slanting bands on the right half."""
    del chance
    for i in range(7):
        x = 520 + 130 * i
        shade = lighter(ground, 0.06 + 0.03 * (i % 3))
        page = _at(pen, 600, 600, 1200)
        left, wide = x / 12, 65 / 12
        page.polygon(
            ((left + 25, -2), (left + wide + 25, -2), (left + wide, 60), (left, 60)), shade
        )
    _at(pen, HERO_X, HERO_Y, 560).circle(50, 50, 50, mix(lighter(ground, 0.22), main, 0.06))


def dots(pen: Pen, ground: Rgb, main: Rgb, chance: Random) -> None:
    """A field of dots that grow to the right."""
    del chance
    for column in range(13):
        for row in range(11):
            x, y = 540 + column * 58, 10 + row * 66 + (column % 2) * 33
            _at(pen, x, y, 6 + column * 2.4).circle(50, 50, 50, lighter(ground, 0.13))
    _at(pen, HERO_X, HERO_Y, 570).circle(50, 50, 50, mix(lighter(ground, 0.18), main, 0.08))


SCENES: dict[str, Scene] = {
    "sun": sun,
    "rays": rays,
    "hills": hills,
    "blobs": blobs,
    "arches": arches,
    "stripes": stripes,
    "dots": dots,
}
