"""Finds where bars are and how they stand, from the gradients of a page.

Bars have strong gradients that all point one way. The structure tensor of small cells tells
how strong and how much of one mind they are; cells that agree and touch make a region.
"""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PIL import Image, ImageMath

CELL = 8
"""Pixels of the small page per cell side."""
SMALL = 800
"""Longer side of the small page, in pixels."""

_MIN_ENERGY = 120.0  # squared grey levels: paper grain and JPEG blocks stay below
_MIN_AGREEMENT = 0.35  # 0: gradients point anywhere, 1: all of them one way
_MAX_TURN = math.radians(14)  # between neighbours: perspective fans bars out, but slowly
_MIN_CELLS = 14
_MIN_SHAPE = 0.4  # length by height; the edge of a card or table is a thin, tall region
_DENSE = 0.4  # of the cells that a dense row has
_GAP = 3  # cells: the widest space in a symbol of few, wide bars
_MAX_SLOPE = 0.2
_MOST = 6


@dataclass(frozen=True, slots=True)
class Region:
    """A striped patch of a page, in pixels of the page.

    `angle` is where the bars' normal points, in radians; `fan` is how much it turns per pixel
    along that normal, `slope` how much the rows fall per pixel along it (both perspective).
    `length` goes across the bars, `height` along them.
    """

    x: float
    y: float
    angle: float
    fan: float
    slope: float
    length: float
    height: float


@dataclass(frozen=True, slots=True)
class _Cell:
    column: int
    row: int
    energy: float
    angle: float


def striped_regions(page: Image.Image) -> list[Region]:
    """The most striking regions first, at most six, of a grey page."""
    shrink = max(1.0, max(page.size) / SMALL)
    small = page.resize(
        (max(3, round(page.width / shrink)), max(3, round(page.height / shrink))),
        Image.Resampling.BOX,
    )
    cells = _striped_cells(small)
    groups = [group for group in _groups(cells) if len(group) >= _MIN_CELLS]
    groups.sort(key=lambda group: -sum(math.sqrt(cell.energy) for cell in group))
    regions = (_region(group, CELL * shrink) for group in groups)
    return [region for region in regions if region.length > _MIN_SHAPE * region.height][:_MOST]


def _striped_cells(small: Image.Image) -> dict[tuple[int, int], _Cell]:
    width, height = small.size
    right, left = small.crop((2, 1, width, height - 1)), small.crop((0, 1, width - 2, height - 1))
    below, above = small.crop((1, 2, width - 1, height)), small.crop((1, 0, width - 1, height - 2))
    across = ImageMath.lambda_eval(lambda of: of["float"](of["a"]) - of["b"], a=right, b=left)
    down = ImageMath.lambda_eval(lambda of: of["float"](of["a"]) - of["b"], a=below, b=above)
    columns, rows = max(1, width // CELL), max(1, height // CELL)

    def mean(first: Image.Image, second: Image.Image) -> Sequence[float]:
        product = ImageMath.lambda_eval(lambda of: of["a"] * of["b"], a=first, b=second)
        # Bilinear reaches over twice the cell: neighbours share what they know.
        return array("f", product.resize((columns, rows), Image.Resampling.BILINEAR).tobytes())

    cells = {}
    tensor = zip(mean(across, across), mean(down, down), mean(across, down), strict=True)
    for place, (xx, yy, xy) in enumerate(tensor):
        energy = xx + yy
        if energy > _MIN_ENERGY and math.hypot(xx - yy, 2 * xy) > _MIN_AGREEMENT * energy:
            row, column = divmod(place, columns)
            angle = math.atan2(2 * xy, xx - yy) / 2
            cells[column, row] = _Cell(column, row, energy, angle)
    return cells


def _groups(cells: dict[tuple[int, int], _Cell]) -> Iterable[list[_Cell]]:
    """Cells that touch and whose bars stand nearly alike."""
    left = dict(cells)
    while left:
        _, first = left.popitem()
        group, fresh = [first], [first]
        while fresh:
            cell = fresh.pop()
            for column in range(cell.column - 2, cell.column + 3):
                for row in range(cell.row - 2, cell.row + 3):
                    near = left.get((column, row))
                    if near is not None and abs(turn(near.angle, cell.angle)) < _MAX_TURN:
                        del left[column, row]
                        group.append(near)
                        fresh.append(near)
        yield group


def turn(first: float, second: float) -> float:
    """From one normal to another, in radians from -π/2 to π/2: bars have no direction."""
    return (first - second + math.pi / 2) % math.pi - math.pi / 2


def _region(group: list[_Cell], pixels: float) -> Region:
    """The turned box around the bars of a group; `pixels` of the page per cell."""
    angle = _angle(group)
    for axis in (0, 1, 0):  # what lies beside the bars hides what lies above them
        kept = _densest(group, angle, axis)
        group = [cell for cell in group if kept[0] <= _turned(cell, angle)[axis] <= kept[1]]
    angle = _angle(group)
    places = [_turned(cell, angle) for cell in group]
    middle = (min(u for u, _ in places) + max(u for u, _ in places)) / 2
    slope = _slope(places, middle)
    along = [u for u, _ in places]
    aside = [v - slope * (u - middle) for u, v in places]
    centre = (min(aside) + max(aside)) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    return Region(
        x=(middle * cos - centre * sin) * pixels,
        y=(middle * sin + centre * cos) * pixels,
        angle=angle,
        fan=_fan(group, angle, middle) / pixels,
        slope=slope,
        length=(max(along) - min(along) + 1) * pixels,
        height=(max(aside) - min(aside) + 1) * pixels,
    )


def _slope(places: list[tuple[float, float]], middle: float) -> float:
    """How the rows fall away: perspective shears a symbol."""
    mean = sum(v for _, v in places) / len(places)
    moment = sum((u - middle) ** 2 for u, _ in places)
    lean = sum((u - middle) * (v - mean) for u, v in places)
    return max(-_MAX_SLOPE, min(_MAX_SLOPE, lean / moment)) if moment else 0.0


def _angle(group: list[_Cell]) -> float:
    """The mean normal; doubled angles, because bars have no direction."""
    double_x = sum(cell.energy * math.cos(2 * cell.angle) for cell in group)
    double_y = sum(cell.energy * math.sin(2 * cell.angle) for cell in group)
    return math.atan2(double_y, double_x) / 2


def _turned(cell: _Cell, angle: float) -> tuple[float, float]:
    """Across the bars, and along them, in cells."""
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = cell.column + 0.5, cell.row + 0.5
    return x * cos + y * sin, y * cos - x * sin


def _fan(group: list[_Cell], angle: float, middle: float) -> float:
    """Radians that the normal turns per cell across the bars: a weighted straight line."""
    moment = lean = 0.0
    for cell in group:
        across = _turned(cell, angle)[0] - middle
        moment += cell.energy * across**2
        lean += cell.energy * across * turn(cell.angle, angle)
    return lean / moment if moment else 0.0


def _densest(group: list[_Cell], angle: float, axis: int) -> tuple[float, float]:
    """From where to where the group is dense along an axis.

    The edge of the card or a line of print joins the bars by a few cells only.
    """
    counts = Counter(math.floor(_turned(cell, angle)[axis]) for cell in group)
    enough = _DENSE * sorted(counts.values())[len(counts) * 3 // 4]
    runs: list[list[int]] = []
    for place in sorted(place for place, count in counts.items() if count >= enough):
        if runs and place - runs[-1][-1] <= _GAP:
            runs[-1].append(place)
        else:
            runs.append([place])
    best = max(runs, key=lambda run: sum(counts[place] for place in run))
    return best[0], best[-1] + 1
