"""Marks of things: clothes, gadgets, books, tools."""

from tests.support.demo_art.colour import darker, lighter
from tests.support.demo_art.inks import Inks
from tests.support.demo_art.pen import Pen

_STEEL = (178, 190, 202)
_STEEL_DARK = (134, 148, 162)
_WOOD = (196, 128, 72)


def coat(pen: Pen, ink: Inks) -> None:
    """A coat with a belt."""
    pen.path("M30 20 C16 26 12 44 8 66 L22 70 L32 40", ink.main_shade)
    pen.path("M70 20 C84 26 88 44 92 66 L78 70 L68 40", ink.main_shade)
    pen.path("M34 14 L66 14 C72 18 74 24 74 30 L80 92 L20 92 L26 30 C26 24 28 18 34 14", ink.main)
    pen.path("M52 40 L74 30 L80 92 L52 92", ink.main_shade)
    pen.polygon(((34, 14), (50, 46), (38, 40), (30, 26)), ink.light)
    pen.polygon(((66, 14), (50, 46), (62, 40), (70, 26)), ink.light)
    pen.polygon(((40, 14), (60, 14), (50, 40)), ink.deep)
    pen.box(23, 56, 54, 7, 1, ink.deep)
    pen.box(45, 54, 11, 11, 2, ink.light)
    for y in (74, 84):
        pen.circle(45, y, 2, ink.light)


def hanger(pen: Pen, ink: Inks) -> None:
    pen.arc(50, 20, 8, (-180, 90), 4.5, ink.light)
    pen.line(((50, 28), (50, 38)), 4.5, ink.light)
    pen.line(((50, 38), (92, 70), (8, 70), (50, 38)), 5.5, ink.light)


def shoe(pen: Pen, ink: Inks) -> None:
    """A sneaker."""
    pen.path("M8 32 C16 38 26 36 32 28 C44 44 58 54 78 56 C92 58 96 66 96 74 L8 74", ink.light)
    pen.path("M8 32 C16 38 26 36 32 28 L37 34 C30 44 18 46 8 44", ink.main)
    pen.path("M74 56 C90 57 96 66 96 74 L70 74 C66 66 68 60 74 56", ink.main)
    pen.path("M22 74 C26 62 38 58 52 62 L62 74", ink.shade)
    pen.stroke("M20 68 C34 58 46 66 60 58", 4.4, ink.main)
    for x, y in ((41, 38), (48, 44), (56, 49)):
        pen.line(((x, y), (x - 8, y + 6)), 3, ink.main)
    pen.box(6, 74, 91, 10, 5, ink.main)
    pen.box(6, 74, 91, 4, 2, ink.shade)


def bolt(pen: Pen, ink: Inks) -> None:
    """A plug with a lightning bolt."""
    for x in (34, 60):
        pen.box(x, 2, 7, 24, 3, ink.light)
    pen.path("M18 24 L82 24 L82 46 C82 66 68 78 50 78 C32 78 18 66 18 46", ink.light)
    pen.path("M62 24 L82 24 L82 46 C82 66 68 78 50 78 C62 70 66 56 64 40", ink.shade)
    pen.stroke("M50 78 C50 88 56 90 62 90 C70 90 72 96 72 100", 6, ink.light)
    pen.polygon(((54, 28), (34, 53), (47, 53), (42, 72), (65, 45), (51, 45)), ink.main)


def headphones(pen: Pen, ink: Inks) -> None:
    pen.arc(50, 52, 36, (180, 360), 8, ink.light)
    pen.arc(50, 52, 28, (200, 340), 3, ink.main)
    for x, w in ((6, 20), (74, 20)):
        pen.box(x, 50, w, 38, 9, ink.main)
    pen.box(22, 54, 9, 30, 4, ink.deep)
    pen.box(69, 54, 9, 30, 4, ink.deep)
    pen.box(10, 56, 5, 26, 2.5, lighter(ink.main, 0.5))


def book(pen: Pen, ink: Inks) -> None:
    """A book that wears glasses and a moustache."""
    pen.box(16, 8, 68, 86, 6, darker(ink.main, 0.35))
    pen.box(22, 12, 62, 78, 3, (255, 252, 244))
    pen.box(16, 8, 64, 80, 6, ink.main)
    pen.box(16, 8, 10, 80, 5, ink.main_shade)
    for x in (42, 66):
        pen.circle(x, 38, 11, ink.deep)
        pen.circle(x, 38, 8.2, (255, 252, 244))
        pen.circle(x, 39, 3, ink.deep)
    pen.line(((52, 36), (56, 36)), 2.6, ink.deep)
    pen.path(
        "M54 58 C46 50 34 54 30 64 C38 68 48 68 54 62 C60 68 70 68 78 64 C74 54 62 50 54 58",
        ink.deep,
    )


def books(pen: Pen, ink: Inks) -> None:
    """A stack of five."""
    tints = ((12, (70, 120, 150)), (20, ink.main), (8, (224, 160, 60)), (16, (110, 150, 96)))
    for i, (x, fill) in enumerate((*tints, (24, (200, 84, 74)))):
        y = 80 - 16 * i
        pen.box(x, y, 66, 14, 3, fill)
        pen.box(x + 58, y + 2.5, 9, 9, 1, (255, 250, 236))
        pen.box(x + 8, y, 5, 14, 0.1, lighter(fill, 0.55))


def cake(pen: Pen, ink: Inks) -> None:
    """A birthday cake with three candles."""
    for x in (34, 50, 66):
        pen.box(x - 2.5, 22, 5, 20, 2, ink.light)
        pen.path(
            f"M{x} 6 C{x + 6} 13 {x + 4} 20 {x} 20 C{x - 4} 20 {x - 6} 13 {x} 6", (255, 190, 60)
        )
    pen.box(22, 40, 56, 24, 5, (255, 240, 222))
    pen.path(
        "M22 44 C22 40 78 40 78 44 L78 52 C72 60 68 50 62 54 C56 62 52 50 46 54 C40 60 34 50 22 54",
        (238, 110, 130),
    )
    pen.box(12, 60, 76, 30, 5, (255, 240, 222))
    pen.path(
        "M12 64 C12 60 88 60 88 64 L88 72 C80 82 74 70 66 74 C58 84 52 70 44 74 C36 82 28 70 12 75",
        ink.main,
    )
    pen.box(6, 90, 88, 5, 2.5, ink.light)


def drop(pen: Pen, ink: Inks) -> None:
    """A drop of fuel with a road inside."""
    pen.path(
        "M50 4 C58 24 84 42 84 64 C84 84 68 96 50 96 C32 96 16 84 16 64 C16 42 42 24 50 4",
        ink.light,
    )
    pen.path("M46 40 L54 40 L66 93 C56 97 44 97 34 93", ink.main)
    for y, h, w in ((46, 6, 1.4), (57, 9, 2.2), (71, 12, 3)):
        pen.box(50 - w / 2, y, w, h, w / 2.2, ink.light)


def pump(pen: Pen, ink: Inks) -> None:
    """A petrol pump."""
    pen.stroke("M66 40 C80 40 78 56 78 70 C78 84 92 84 92 70 L92 36 L80 22", 4.5, ink.deep)
    pen.box(76, 16, 10, 12, 3, ink.deep)
    pen.box(16, 8, 52, 84, 7, ink.light)
    pen.box(54, 8, 14, 84, 6, ink.shade)
    pen.box(24, 18, 36, 24, 4, ink.deep)
    pen.stroke("M30 34 L38 26 L44 32 L54 24", 3, (120, 220, 150))
    drop(pen.within(42, 64, 34), Inks(ink.ground, ink.ground, ink.light, ink.deep))
    pen.box(8, 90, 68, 6, 3, ink.deep)


def hammer(pen: Pen, ink: Inks) -> None:
    """A house, a hammer and a nail."""
    pen.polygon(((50, 6), (96, 44), (86, 44), (86, 92), (14, 92), (14, 44), (4, 44)), ink.light)
    pen.polygon(((50, 6), (96, 44), (86, 44), (86, 92), (58, 92), (70, 50)), ink.shade)
    tool = pen.within(48, 58, 62, 38)
    tool.box(44, 20, 12, 84, 5, _WOOD)
    tool.box(51, 20, 5, 84, 2, darker(_WOOD, 0.15))
    tool.path("M24 8 L66 8 C78 8 86 14 92 26 C82 22 74 26 66 30 L24 30", ink.main)
    tool.box(12, 4, 16, 30, 4, lighter(ink.main, 0.25))


def drill(pen: Pen, ink: Inks) -> None:
    """A cordless drill."""
    pen.polygon(((86, 31), (102, 35), (86, 39)), _STEEL)
    pen.box(70, 27, 18, 16, 3, _STEEL_DARK)
    pen.box(10, 18, 64, 34, 12, ink.light)
    pen.box(10, 36, 64, 16, 8, ink.shade)
    pen.path("M18 46 L42 46 L36 84 L12 84", ink.shade)
    pen.path("M42 50 C52 50 54 58 44 64 L40 64", ink.main)
    pen.box(4, 80, 40, 16, 5, ink.main)
    for x in (22, 30, 38):
        pen.box(x, 26, 4, 14, 2, ink.deep)


def cream(pen: Pen, ink: Inks) -> None:
    """A cream jar and a lipstick."""
    pen.box(64, 46, 22, 46, 4, ink.deep)
    pen.box(66, 28, 18, 22, 2, (240, 200, 110))
    pen.path("M68 30 L68 14 C70 6 80 4 82 4 L82 30", (226, 48, 92))
    pen.box(10, 52, 48, 40, 9, ink.light)
    pen.box(42, 52, 16, 40, 8, ink.shade)
    pen.box(7, 38, 54, 17, 5, ink.main)
    pen.circle(34, 73, 8, ink.main)
    pen.path("M34 68 C40 72 38 79 34 79 C30 79 28 72 34 68", ink.light)


def mirror(pen: Pen, ink: Inks) -> None:
    """A hand mirror."""
    pen.box(45, 56, 10, 42, 5, ink.main)
    pen.circle(50, 36, 33, ink.main)
    pen.circle(50, 36, 27, (224, 240, 248))
    pen.polygon(((34, 38), (52, 16), (58, 20), (38, 46)), (255, 255, 255))
    pen.polygon(((46, 48), (64, 26), (68, 30), (52, 52)), (244, 250, 253))


def scissors(pen: Pen, ink: Inks) -> None:
    pen.line(((34, 64), (72, 8)), 7, _STEEL)
    pen.line(((66, 64), (28, 8)), 7, _STEEL_DARK)
    for x in (28, 72):
        pen.arc(x, 78, 12, (0, 360), 7, ink.main)
    pen.circle(50, 40, 3.4, ink.deep)


def food_bag(pen: Pen, ink: Inks) -> None:
    """A bag of pet food."""
    pen.path("M22 12 L78 12 L82 90 C82 95 18 95 18 90", ink.light)
    pen.path("M60 12 L78 12 L82 90 C82 95 60 95 60 93", ink.shade)
    pen.box(20, 6, 60, 12, 3, ink.main)
    pen.path("M20 40 L80 40 L81 72 L19 72", ink.main)
    for x, y, r in ((42, 50, 3), (50, 47, 3.2), (58, 50, 3), (50, 60, 7)):
        pen.circle(x, y, r, ink.light)


def card(pen: Pen, ink: Inks) -> None:
    """A loyalty card with a barcode."""
    pen.box(4, 22, 92, 58, 7, ink.light)
    pen.box(4, 34, 92, 11, 0.1, ink.main)
    for i, w in enumerate((2, 4, 2, 2, 5, 2, 3, 2, 4, 2)):
        pen.box(14 + i * 6.5, 54, w, 16, 0.1, ink.deep)


def ticket(pen: Pen, ink: Inks) -> None:
    """Two cinema tickets."""
    back = pen.within(54, 46, 96, -14)
    for each, fill in ((back, ink.main_shade), (pen.within(48, 56, 96, 6), ink.main)):
        each.box(6, 28, 88, 44, 5, fill)
        for y in (34, 42, 50, 58, 66):
            each.circle(70, y, 1.6, ink.light)
        each.path("M30 38 L44 50 L30 62", ink.light)


def envelope(pen: Pen, ink: Inks) -> None:
    """A letter with a heart."""
    pen.box(8, 24, 84, 58, 6, ink.shade)
    pen.polygon(((10, 80), (50, 48), (90, 80)), ink.light)
    pen.path("M9 27 L91 27 L54 60 C52 62 48 62 46 60", ink.light)
    pen.stroke("M10 28 L46 59 C48 61 52 61 54 59 L90 28", 1.8, ink.shade)
    heart(pen.within(50, 56, 30), ink)


def heart(pen: Pen, ink: Inks) -> None:
    pen.path(
        "M50 88 C16 62 6 46 12 30 C20 12 42 14 50 32 C58 14 80 12 88 30 C94 46 84 62 50 88",
        ink.main,
    )


def ball(pen: Pen, ink: Inks) -> None:
    """A beach ball and two blocks."""
    pen.circle(56, 42, 34, ink.light)
    pen.path("M56 8 C40 20 36 60 56 76 C34 76 22 58 22 42 C22 24 36 8 56 8", (238, 92, 100))
    pen.path("M56 8 C72 20 76 60 56 76 C80 76 90 58 90 42 C90 24 76 8 56 8", ink.main)
    pen.circle(56, 12, 5, (255, 255, 255))
    pen.box(6, 62, 32, 32, 4, (120, 200, 90))
    pen.box(13, 69, 18, 18, 2, (220, 244, 200))
    pen.box(60, 72, 24, 24, 4, (250, 170, 60))


def percent(pen: Pen, ink: Inks) -> None:
    """A coin with a percent sign."""
    pen.circle(50, 50, 44, ink.main_shade)
    pen.circle(50, 48, 42, ink.main)
    pen.arc(50, 48, 34, (0, 360), 2, ink.main_shade)
    pen.line(((35, 65), (65, 31)), 6, ink.light)
    for x, y in ((36, 36), (64, 60)):
        pen.arc(x, y, 6, (0, 360), 4.6, ink.light)


def skis(pen: Pen, ink: Inks) -> None:
    """Crossed skis."""
    for turn, fill, dark in ((24, ink.light, ink.shade), (-24, ink.main, ink.main_shade)):
        ski = pen.within(50, 50, 104, turn)
        ski.path("M43 98 L43 12 C43 0 57 0 57 12 L57 98 C54 101 46 101 43 98", fill)
        ski.box(49, 14, 2.5, 78, 1.2, dark)
        ski.box(42, 46, 16, 5, 2, ink.deep)
        ski.box(42, 56, 16, 8, 2, ink.deep)


def sun(pen: Pen, ink: Inks) -> None:
    for i in range(12):
        pen.within(50, 50, 100, 30 * i).box(47, 2, 6, 16, 3, ink.main)
    pen.circle(50, 50, 27, ink.main)


def moon(pen: Pen, ink: Inks) -> None:
    pen.path("M62 6 C24 8 8 38 14 62 C20 90 58 104 86 78 C54 84 34 46 62 6", ink.main)


def star(pen: Pen, ink: Inks) -> None:
    pen.path("M50 4 Q54 46 96 50 Q54 54 50 96 Q46 54 4 50 Q46 46 50 4", ink.main)


def dot(pen: Pen, ink: Inks) -> None:
    pen.circle(50, 50, 34, ink.main)


def gift(pen: Pen, ink: Inks) -> None:
    """A present with a bow."""
    pen.path("M50 30 C30 8 12 16 22 28 C28 32 40 32 50 30", ink.main)
    pen.path("M50 30 C70 8 88 16 78 28 C72 32 60 32 50 30", ink.main_shade)
    pen.box(14, 44, 72, 48, 4, ink.light)
    pen.box(60, 44, 26, 48, 4, ink.shade)
    pen.box(8, 30, 84, 18, 4, ink.light)
    pen.box(42, 30, 16, 62, 0.1, ink.main)
