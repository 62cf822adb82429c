"""Marks of plants, animals and landscapes."""

from catalog.looks.colours import mix
from tests.support.demo_art.colour import darker, lighter
from tests.support.demo_art.inks import Inks
from tests.support.demo_art.pen import Pen

_MINT = (112, 214, 170)
_NOSE = (58, 40, 48)


def mint(pen: Pen, ink: Inks) -> None:
    """A round cross with a mint leaf."""
    pen.box(36, 12, 30, 78, 9, ink.light)
    pen.box(12, 36, 78, 30, 9, ink.light)
    pen.path("M30 76 C28 46 46 26 80 24 C82 56 62 78 30 76", _MINT)
    pen.path("M30 76 C46 62 62 46 80 24 C82 56 62 78 30 76", mix(_MINT, ink.ground, 0.25))
    pen.stroke("M24 84 C38 68 54 52 70 36", 3, ink.deep)
    for x, y, dx in ((46, 60, 1), (56, 50, 1)):
        pen.line(((x, y), (x - 1, y - 13)), 2, ink.deep)
        pen.line(((x, y), (x + 13 * dx, y + 1)), 2, ink.deep)


def pills(pen: Pen, ink: Inks) -> None:
    """A vitamin jar."""
    pen.box(28, 8, 44, 16, 5, ink.main)
    for x in (36, 44, 52, 60):
        pen.line(((x, 12), (x, 20)), 1.8, ink.main_shade)
    pen.box(22, 26, 56, 68, 11, ink.light)
    pen.box(60, 26, 18, 68, 9, ink.shade)
    pen.box(22, 44, 56, 32, 0.1, _MINT)
    pen.box(46, 49, 8, 22, 2, ink.light)
    pen.box(39, 56, 22, 8, 2, ink.light)


def dog(pen: Pen, ink: Inks) -> None:
    """A dog's head with one dark ear."""
    pen.path("M24 24 C8 20 4 44 10 62 C18 66 26 56 28 42", ink.main)
    pen.path("M76 24 C92 20 96 44 90 62 C82 66 74 56 72 42", ink.main_shade)
    pen.path(
        "M50 12 C76 12 82 34 80 54 C78 78 66 90 50 90 C34 90 22 78 20 54 C18 34 24 12 50 12",
        ink.light,
    )
    pen.path("M54 12 C76 13 82 34 80 52 C66 54 56 44 54 12", ink.main)
    for x in (37, 64):
        pen.circle(x, 46, 5.2, _NOSE)
        pen.circle(x + 1.6, 44.4, 1.6, ink.light)
    pen.ellipse(50, 70, 17, 14, lighter(ink.light, 0.7))
    pen.path("M40 60 C44 56 56 56 60 60 C60 67 54 70 50 70 C46 70 40 67 40 60", _NOSE)
    pen.stroke("M50 70 L50 76 C46 80 42 80 39 77", 2.4, _NOSE)
    pen.stroke("M50 76 C54 80 58 80 61 77", 2.4, _NOSE)
    pen.path("M45 79 C45 90 55 90 55 79 C52 80 48 80 45 79", (238, 110, 120))


def paw(pen: Pen, ink: Inks) -> None:
    for x, y, turn in ((22, 46, -24), (38, 26, -8), (62, 26, 8), (78, 46, 24)):
        pen.ellipse(x, y, 9.5, 13.5, ink.light, turn)
    pen.path(
        "M50 46 C64 46 78 62 76 76 C74 90 60 84 50 84 C40 84 26 90 24 76 C22 62 36 46 50 46",
        ink.light,
    )


def lynx(pen: Pen, ink: Inks) -> None:
    """A lynx's head with tufts on the ears."""
    for s in (-1, 1):
        pen.polygon(((50 + 40 * s, 2), (50 + 44 * s, 46), (50 + 8 * s, 30)), ink.light)
        pen.polygon(((50 + 37 * s, 14), (50 + 38 * s, 40), (50 + 18 * s, 32)), ink.main)
        pen.line(((50 + 40 * s, 5), (50 + 43 * s, -4)), 3, ink.deep)
        pen.polygon(((50 + 30 * s, 50), (50 + 50 * s, 66), (50 + 40 * s, 72)), ink.light)
        pen.polygon(((50 + 28 * s, 58), (50 + 44 * s, 82), (50 + 20 * s, 82)), ink.light)
    pen.path(
        "M50 22 C76 22 86 40 84 58 C82 78 64 92 50 94 C36 92 18 78 16 58 C14 40 24 22 50 22",
        ink.light,
    )
    for y, half in ((28, 3), (35, 4.5)):
        pen.line(((50 - half, y), (50 + half, y)), 2.4, ink.main)
    for s in (-1, 1):
        pen.path(
            f"M{50 + 10 * s} 54 Q{50 + 20 * s} 40 {50 + 32 * s} 46 "
            f"Q{50 + 24 * s} 60 {50 + 10 * s} 54",
            ink.deep,
        )
        pen.circle(50 + 21 * s, 50, 2, ink.light)
        for dx, dy in ((16, 70), (22, 66), (23, 73)):
            pen.circle(50 + dx * s, dy, 1.4, ink.ground)
    pen.path("M43 65 C46 63 54 63 57 65 C56 70 53 73 50 74 C47 73 44 70 43 65", ink.ground)
    pen.stroke("M50 74 L50 79 C46 83 42 83 39 81", 2.2, ink.deep)
    pen.stroke("M50 79 C54 83 58 83 61 81", 2.2, ink.deep)


def bear(pen: Pen, ink: Inks) -> None:
    """A teddy bear with a soap bubble."""
    brown, dark = (176, 116, 70), (140, 86, 48)
    for s in (-1, 1):
        pen.circle(50 + 28 * s, 26, 15, brown)
        pen.circle(50 + 28 * s, 26, 8, (232, 180, 140))
    pen.ellipse(50, 54, 38, 35, brown)
    pen.path("M88 54 C88 74 70 89 50 89 C70 82 78 68 78 40 C84 42 88 48 88 54", dark)
    pen.ellipse(50, 66, 19, 15, (246, 216, 184))
    for s in (-1, 1):
        pen.circle(50 + 15 * s, 46, 4.6, _NOSE)
        pen.circle(50 + 15 * s + 1.5, 44.5, 1.5, ink.light)
        pen.circle(50 + 26 * s, 58, 4.5, (238, 140, 120))
    pen.ellipse(50, 59, 6.5, 4.6, _NOSE)
    pen.stroke("M42 69 C46 75 54 75 58 69", 2.4, _NOSE)
    pen.circle(82, 82, 13, ink.main)
    pen.arc(82, 82, 9, (185, 265), 2.6, ink.light)


def balloons(pen: Pen, ink: Inks) -> None:
    """Three balloons on strings."""
    colours = ((24, 38, (238, 92, 100)), (76, 38, (120, 200, 90)), (50, 26, ink.main))
    for x, y, fill in colours:
        pen.stroke(f"M{x} {y + 24} C{x} 66 50 70 50 96", 1.4, ink.light)
        pen.ellipse(x, y, 19, 23, fill)
        pen.polygon(((x - 4, y + 27), (x + 4, y + 27), (x, y + 21)), darker(fill, 0.12))
        pen.arc(x, y, 13, (195, 250), 3, lighter(fill, 0.6))


def mountain(pen: Pen, ink: Inks) -> None:
    """Two peaks with snow and a low sun."""
    pen.circle(68, 28, 15, ink.main)
    rock = lighter(ink.ground, 0.42)
    pen.polygon(((44, 88), (72, 40), (98, 88)), rock)
    pen.polygon(((72, 40), (98, 88), (78, 88)), lighter(ink.ground, 0.28))
    pen.polygon(((2, 88), (40, 18), (76, 88)), ink.light)
    pen.polygon(((40, 18), (76, 88), (50, 88), (44, 58)), ink.shade)
    pen.polygon(
        ((22, 52), (40, 18), (58, 53), (51, 48), (45, 57), (38, 48), (31, 57)), (255, 255, 255)
    )
    pen.polygon(((64, 54), (72, 40), (80, 54), (76, 51), (72, 56), (68, 51)), (255, 255, 255))
    pen.box(2, 88, 96, 5, 2.5, ink.main)


def tent(pen: Pen, ink: Inks) -> None:
    """A tent under a small moon."""
    pen.circle(78, 18, 9, (255, 236, 170))
    for x, h in ((14, 46), (88, 40)):
        pen.polygon(((x - 10, 86), (x, 86 - h), (x + 10, 86)), (52, 122, 96))
        pen.polygon(((x - 8, 70), (x, 76 - h), (x + 8, 70)), (66, 146, 112))
    pen.polygon(((8, 88), (50, 26), (92, 88)), ink.main)
    pen.polygon(((50, 26), (92, 88), (66, 88)), ink.main_shade)
    pen.polygon(((36, 88), (50, 46), (64, 88)), ink.deep)
    pen.polygon(((36, 88), (50, 46), (46, 88)), ink.light)
    pen.line(((50, 28), (45, 18)), 2.2, ink.light)
    pen.box(2, 88, 96, 5, 2.5, (66, 146, 112))


def peony(pen: Pen, ink: Inks) -> None:
    """A flower of twelve petals."""
    for i in range(6):
        pen.within(50, 50, 100, 60 * i + 30).ellipse(50, 24, 15, 23, ink.main_shade)
    for i in range(6):
        pen.within(50, 50, 100, 60 * i).ellipse(50, 29, 14, 20, ink.main)
    for i in range(6):
        pen.within(50, 50, 100, 60 * i + 30).ellipse(50, 38, 8, 12, ink.light)
    pen.circle(50, 50, 10, (250, 204, 92))
    for i in range(6):
        pen.within(50, 50, 100, 60 * i).circle(50, 44, 1.7, (214, 150, 40))


def bouquet(pen: Pen, ink: Inks) -> None:
    """Flowers wrapped in paper."""
    green = (86, 150, 92)
    for way in ("M50 70 C30 60 14 50 8 30", "M50 70 C70 60 86 50 92 30", "M50 70 L50 10"):
        pen.stroke(way, 3, green)
    for x, y, turn in ((12, 44, -40), (88, 44, 40), (34, 20, -20), (66, 20, 20)):
        pen.ellipse(x, y, 6, 14, green, turn)
    for x, y, size in ((24, 36, 38), (76, 36, 38), (50, 22, 40), (50, 48, 44)):
        peony(pen.within(x, y, size, x), ink)
    pen.polygon(((18, 52), (50, 66), (50, 98), (40, 98)), ink.light)
    pen.polygon(((82, 52), (50, 66), (50, 98), (60, 98)), ink.shade)
    pen.box(36, 78, 28, 6, 3, ink.main)


def leaf(pen: Pen, ink: Inks) -> None:
    pen.path("M20 84 C14 44 40 14 86 14 C90 58 64 88 20 84", ink.main)
    pen.stroke("M12 94 C36 68 54 48 72 30", 4, ink.light)


def snowflake(pen: Pen, ink: Inks) -> None:
    for i in range(6):
        arm = pen.within(50, 50, 100, 60 * i)
        arm.line(((50, 50), (50, 8)), 6, ink.light)
        arm.line(((36, 14), (50, 28), (64, 14)), 6, ink.light)
