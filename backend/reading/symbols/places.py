"""Where sightings lie on a page."""

import math
from collections.abc import Callable
from dataclasses import replace

from backend.reading.symbols.regions import Region
from backend.reading.symbols.scan import Corners, Point, Sighting

OnPage = Callable[[Point], Point]
"""From a point of a cut or view to the point of the page."""


def moved(seen: Sighting, on_page: OnPage) -> Sighting:
    first, second, third, fourth = (on_page(corner) for corner in seen.corners)
    return replace(seen, corners=(first, second, third, fourth))


def larger(factor: float) -> OnPage:
    return lambda point: (point[0] * factor, point[1] * factor)


def shifted(right: float, down: float) -> OnPage:
    return lambda point: (point[0] + right, point[1] + down)


def turned_back(
    size: tuple[int, int], turned: tuple[int, int], degrees: float, by: float
) -> OnPage:
    """From a picture that was turned about its middle, then enlarged `by`."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))

    def back(point: Point) -> Point:
        x, y = point[0] - turned[0] / 2, point[1] - turned[1] / 2
        return (
            (x * cos - y * sin + size[0] / 2) * by,
            (x * sin + y * cos + size[1] / 2) * by,
        )

    return back


def thin(seen: Sighting) -> bool:
    """Whether a few lines only read so, as where a line leaves a tilted symbol."""
    top_left, top_right, _, low_left = seen.corners
    return math.dist(top_left, low_left) < 0.08 * math.dist(top_left, top_right)


def within(point: Point, corners: Corners) -> bool:
    """Whether the point lies in the convex quadrangle."""
    sides = zip(corners, (*corners[1:], corners[0]), strict=True)
    turns = [
        (x2 - x1) * (point[1] - y1) - (y2 - y1) * (point[0] - x1) for (x1, y1), (x2, y2) in sides
    ]
    return all(turn >= 0 for turn in turns) or all(turn <= 0 for turn in turns)


def centre(corners: Corners) -> Point:
    return sum(x for x, _ in corners) / 4, sum(y for _, y in corners) / 4


def outline(region: Region) -> Corners:
    """The corners of a region, clockwise."""
    cos, sin = math.cos(region.angle), math.sin(region.angle)

    def corner(along: float, aside: float) -> Point:
        u = along * region.length / 2
        v = aside * region.height / 2 + u * region.slope
        return region.x + u * cos - v * sin, region.y + u * sin + v * cos

    return corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)


def region_of(seen: Sighting) -> Region:
    """The place of a linear symbol that was read in the whole page."""
    top_left, top_right, low_right, low_left = seen.corners
    x, y = centre(seen.corners)
    left = (top_left[0] + low_left[0]) / 2, (top_left[1] + low_left[1]) / 2
    right = (top_right[0] + low_right[0]) / 2, (top_right[1] + low_right[1]) / 2
    return Region(
        x,
        y,
        angle=math.atan2(right[1] - left[1], right[0] - left[0]),
        fan=0.0,
        slope=0.0,
        length=max(16.0, math.dist(left, right)),
        height=max(6.0, math.dist(top_left, low_left)),
    )
