"""Marks to eat and drink."""

from tests.support.demo_art.inks import Inks
from tests.support.demo_art.pen import Pen

_TOMATO = (226, 74, 51)
_LEAF = (94, 168, 72)
_BEET = (176, 32, 62)
_CRUST = (214, 138, 60)
_CRUST_DARK = (178, 104, 40)


def cup(pen: Pen, ink: Inks) -> None:
    """A coffee cup with a bean on its side."""
    for x in (38, 52):
        pen.stroke(f"M{x} 26 C{x - 7} 20 {x + 7} 15 {x} 7", 4, ink.main)
    pen.arc(72, 50, 12, (-95, 100), 6.5, ink.light)
    pen.path("M18 33 L74 33 C74 62 68 78 58 80 L34 80 C24 78 18 62 18 33", ink.light)
    pen.path("M46 33 L74 33 C74 62 68 78 58 80 L46 80 C58 74 62 56 62 33", ink.shade)
    pen.ellipse(44, 56, 9.5, 13, ink.main, 28)
    pen.stroke("M38 65 C42 56 46 58 50 46", 2.6, ink.light)
    pen.box(14, 84, 64, 6, 3, ink.light)


def bean(pen: Pen, ink: Inks) -> None:
    pen.ellipse(50, 50, 26, 38, ink.main, 30)
    pen.stroke("M33 78 C44 56 56 48 67 22", 6, ink.ground)


def bublik(pen: Pen, ink: Inks) -> None:
    """A ring of dough with poppy seeds."""
    pen.arc(50, 50, 29, (0, 360), 25, _CRUST_DARK)
    pen.arc(50, 48.5, 29, (0, 360), 21, _CRUST)
    pen.arc(50, 46, 29, (195, 300), 5, (240, 184, 112))
    seeds = ((25, 36), (34, 27), (50, 20), (63, 24), (74, 35), (79, 50), (73, 63), (62, 74))
    for i, (x, y) in enumerate((*seeds, (48, 78), (34, 73), (24, 61), (20, 48), (42, 24))):
        pen.ellipse(x, y, 1.4, 2.5, ink.deep, 37 * i)


def croissant(pen: Pen, ink: Inks) -> None:
    del ink
    pen.path(
        "M10 66 C8 34 34 16 52 16 C74 16 92 36 90 66 C82 62 76 58 72 54 C64 46 40 46 30 54 "
        "C24 58 18 62 10 66",
        _CRUST_DARK,
    )
    pen.path(
        "M14 60 C13 36 36 20 52 20 C72 20 88 38 87 60 C76 48 66 44 52 44 C36 44 24 50 14 60", _CRUST
    )
    for way in ("M34 24 C34 34 32 42 28 50", "M50 19 L50 45", "M67 24 C68 34 70 42 75 50"):
        pen.stroke(way, 2.6, _CRUST_DARK)


def onion(pen: Pen, ink: Inks) -> None:
    """An onion with green leaves."""
    pen.path("M48 34 C40 24 34 14 24 10 C40 8 48 16 51 28", _LEAF)
    pen.path("M50 34 C48 22 50 10 56 4 C62 14 60 24 54 34", (124, 190, 88))
    pen.path("M53 34 C58 22 66 14 78 14 C74 24 64 30 56 36", _LEAF)
    pen.path(
        "M52 28 C58 40 86 42 86 66 C86 84 70 92 52 92 C34 92 18 84 18 66 C18 42 46 40 52 28",
        ink.main,
    )
    pen.path("M52 28 C58 40 86 42 86 66 C86 84 70 92 52 92 C66 84 72 62 52 28", ink.main_shade)
    pen.stroke("M46 44 C34 54 30 72 40 86", 3, ink.light)
    pen.stroke("M52 46 C48 58 48 76 52 88", 3, ink.light)
    for x in (44, 52, 60):
        pen.line(((52, 91), (x, 97)), 2, ink.main_shade)


def pumpkin(pen: Pen, ink: Inks) -> None:
    orange, dark = (240, 140, 38), (214, 112, 22)
    pen.path("M46 30 C46 20 52 14 60 12 L66 18 C58 20 56 24 56 32", (88, 130, 62))
    for x, r, fill in ((24, 17, dark), (76, 17, dark), (36, 20, orange), (64, 20, orange)):
        pen.ellipse(x, 60, r, 28, fill)
    pen.ellipse(50, 60, 17, 31, (250, 160, 60))
    pen.stroke("M42 38 C38 48 38 70 43 84", 1.8, dark)
    pen.stroke("M58 38 C62 48 62 70 57 84", 1.8, dark)
    del ink


def basket(pen: Pen, ink: Inks) -> None:
    """Vegetables looking out of a paper bag."""
    pen.circle(36, 34, 14, _TOMATO)
    pen.path("M36 22 L40 16 L37 25 L44 24 L36 28 L29 24 L34 24", _LEAF)
    pen.path("M56 46 C52 24 60 8 66 4 C72 12 76 28 70 46", (242, 140, 50))
    for tip in ("M66 8 C60 2 56 0 52 2", "M66 8 C66 2 68 -4 70 -6", "M66 8 C72 2 78 2 80 4"):
        pen.stroke(tip, 4, _LEAF)
    pen.path("M46 44 C40 30 46 18 52 14 C58 22 58 34 52 46", (124, 190, 88))
    pen.path("M20 40 L80 40 L76 94 L24 94", ink.light)
    pen.path("M58 40 L80 40 L76 94 L60 94", ink.shade)
    for x in (24, 36, 48, 60, 72):
        pen.polygon(((x - 5, 40.5), (x + 1, 34), (x + 7, 40.5)), ink.light)
    pen.circle(48, 68, 10, ink.main)
    pen.stroke("M43 68 L47 72 L54 64", 3, ink.light)


def pot(pen: Pen, ink: Inks) -> None:
    """A soup pot and a ladle."""
    pen.stroke("M66 44 C70 30 78 16 84 8", 5, ink.main)
    pen.arc(82, 8, 5, (180, 380), 4, ink.main)
    for x in (34, 48):
        pen.stroke(f"M{x} 28 C{x - 6} 22 {x + 6} 18 {x} 11", 3.6, ink.main)
    pen.box(6, 46, 88, 9, 4.5, ink.main)
    pen.path("M16 44 L84 44 L84 70 C84 84 76 90 64 90 L36 90 C24 90 16 84 16 70", ink.light)
    pen.path("M62 44 L84 44 L84 70 C84 84 76 90 64 90 L54 90 C66 86 70 74 70 60", ink.shade)
    pen.box(12, 36, 76, 10, 5, ink.main)
    pen.path(
        "M50 84 C36 74 34 66 38 62 C43 58 49 61 50 66 C51 61 57 58 62 62 C66 66 64 74 50 84", _BEET
    )


def bowl(pen: Pen, ink: Inks) -> None:
    """Borscht with sour cream and dill."""
    pen.ellipse(50, 42, 45, 15, ink.light)
    pen.ellipse(50, 42, 39, 11, _BEET)
    pen.ellipse(44, 42, 14, 5.4, (255, 250, 240))
    for x, y, turn in ((62, 38, 20), (66, 46, -40), (30, 46, 60), (56, 48, 0), (36, 36, -20)):
        pen.ellipse(x, y, 3.4, 1.3, _LEAF, turn)
    pen.path("M5 44 C8 74 28 90 50 90 C72 90 92 74 95 44 C84 60 16 60 5 44", ink.light)
    pen.path("M95 44 C92 74 72 90 50 90 C70 82 84 66 88 52", ink.shade)
    for x in range(20, 84, 12):
        pen.polygon(((x, 66), (x + 4, 71), (x, 76), (x - 4, 71)), _BEET)


def jar(pen: Pen, ink: Inks) -> None:
    """A glass of kompot with cherries."""
    pen.path("M24 22 L76 22 L70 92 C68 95 32 95 30 92", ink.light)
    pen.path("M27 38 L73 38 L69 88 C66 91 34 91 31 88", (214, 62, 84))
    pen.path("M56 38 L73 38 L69 88 C66 90 60 90 56 90", (190, 44, 68))
    for x, y in ((42, 76), (55, 70), (46, 62)):
        pen.circle(x, y, 6.5, (140, 18, 44))
        pen.circle(x - 2, y - 2, 1.6, (240, 150, 160))
    pen.line(((58, 40), (70, 4)), 4, ink.main)
    pen.ellipse(50, 38, 23, 3.6, (236, 104, 122))


def popcorn(pen: Pen, ink: Inks) -> None:
    """A striped bucket."""
    puffs = ((28, 34), (40, 24), (54, 20), (66, 28), (74, 36), (50, 34), (36, 38), (62, 40))
    for x, y in puffs:
        for dx, dy, r in ((-5, 2, 7), (5, 3, 7), (0, -5, 7)):
            pen.circle(x + dx, y + dy, r, (255, 243, 200))
        pen.circle(x + 1, y, 3.4, ink.main)
    pen.path("M18 42 L82 42 L73 94 L27 94", (255, 255, 255))
    for left, right in ((18, 31), (44, 56), (69, 82)):
        low_left, low_right = 27 + (left - 18) * 46 / 64, 27 + (right - 18) * 46 / 64
        red = (214, 38, 62)
        pen.polygon(((left, 42), (right, 42), (low_right, 94), (low_left, 94)), red)
    pen.box(15, 38, 70, 7, 3.5, ink.main)
