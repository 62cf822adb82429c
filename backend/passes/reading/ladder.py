"""Reads every barcode of a page, step by step, the likeliest first.

1. The page as it is: squares, and bars that stand straight.
2. Each striped region by itself, turned upright and flattened, in several ways, until enough
   looks agree.
3. Only if nothing was found: the whole page evened out, turned, enlarged and sharpened.
"""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from PIL import Image

from backend.passes.reading.regions import Region, striped_regions
from backend.passes.reading.scan import Point, Sighting, scan, scan_stripes
from backend.passes.reading.straighten import Cut, aligned, even_out, sharpen, straighten
from backend.passes.reading.votes import CORRECTED, WEAK, Ballot, Verdict, centre, within

LARGEST = 1600
"""Longer side of the page for looks at the whole, in pixels. Regions are cut from the original."""

_CUTS = (
    Cut(1.0, 200),
    Cut(1.0, 60),
    Cut(1.6, 40, sharpen=2),
    Cut(1.6, 40, (0.2, 0.8)),
    Cut(1.6, 30, (0.15, 0.85), sharpen=2),
    Cut(1.6, 30, (0.15, 0.85), even=True),
    Cut(1.3, 250, sharpen=1.5),
    Cut(2.5, 12, (0.15, 0.85), sharpen=4, percent=300),
    Cut(2.5, 12, (0.2, 0.8), even=True, sharpen=6, percent=300),
    Cut(2.5, 12, (0.2, 0.5), sharpen=4, percent=300),
    Cut(2.5, 12, (0.5, 0.8), sharpen=4, percent=300),
    Cut(1.6, 12, (0.15, 0.85), sharpen=4, percent=600),
    Cut(1.6, 12, (0.3, 0.7), even=True, sharpen=4, percent=600),
    Cut(3.5, 12, (0.2, 0.8), sharpen=6, percent=300),
    Cut(2.5, 12, (0.3, 0.7), even=True, sharpen=6, percent=600),
    Cut(1.6, 12, (0.2, 0.5), even=True, sharpen=3, percent=300),
    Cut(1.6, 12, (0.5, 0.8), even=True, sharpen=3, percent=300),
    Cut(1.6, 12, (0.15, 0.85), sharpen=2, percent=300),
    Cut(1.6, 12, (0.3, 0.7), sharpen=3, percent=600),
    Cut(1.3, 250, (-0.05, 1.05), even=True, sharpen=1),
)
_QUICK = 4
"""Cuts that every region gets; the others are for what is not settled by then."""
_TURNS = (-15, 15, -30, 30)

Corners = tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True)
class Deadline:
    """Seconds are of the clock given: monotonic."""

    clock: Callable[[], float]
    ends: float

    @classmethod
    def after(cls, seconds: float, clock: Callable[[], float] = time.monotonic) -> "Deadline":
        return cls(clock, clock() + seconds)

    def passed(self) -> bool:
        return self.clock() >= self.ends


def read_page(page: Image.Image, deadline: Deadline) -> list[Verdict]:
    """Every barcode of a grey page, corners in its pixels; each text once."""
    whole = page
    if max(page.size) > LARGEST:
        whole = page.copy()
        whole.thumbnail((LARGEST, LARGEST), Image.Resampling.BOX)
    factor = page.width / whole.width
    first = [_moved(seen, lambda point: _scaled(point, factor)) for seen in scan(whole)]
    found = _squares(first)
    found += _read_regions(page, first, found, deadline)
    if not found:
        found = _read_whole(page, whole, first, deadline)
    return _without_ghosts(found)


def _squares(sightings: list[Sighting]) -> list[Verdict]:
    return [
        Verdict(seen.format, seen.text, True, seen.corners)
        for seen in sightings
        if seen.format in CORRECTED
    ]


def _read_regions(
    page: Image.Image, first: list[Sighting], squares: list[Verdict], deadline: Deadline
) -> list[Verdict]:
    bars = [seen for seen in first if seen.format not in CORRECTED]
    places = [
        (region, _first_ballot(seen))
        for region, seen in _places(striped_regions(page), bars)
        if not any(within((region.x, region.y), square.corners) for square in squares)
    ]
    for region, ballot in places:
        _look(page, region, ballot, _CUTS[:_QUICK], deadline)
    nothing = not squares and not any(ballot.verdict() for _, ballot in places)
    for region, ballot in places:
        if nothing or not ballot.empty():
            _look(page, aligned(page, region), ballot, _CUTS[_QUICK:], deadline)
    return [verdict for _, ballot in places if (verdict := ballot.verdict()) is not None]


def _first_ballot(seen: list[Sighting]) -> Ballot:
    ballot = Ballot()
    if seen:
        ballot.add_look(seen)
    return ballot


def _places(regions: list[Region], bars: list[Sighting]) -> Iterator[tuple[Region, list[Sighting]]]:
    """Regions with what the first look saw in them; a symbol outside them is a place too."""
    left = list(bars)
    for region in regions:
        inside = [seen for seen in left if within(centre(seen.corners), outline(region))]
        left = [seen for seen in left if seen not in inside]
        if len({seen.text for seen in inside}) > 1 and _apart(inside):
            left += inside  # two symbols grown together
        else:
            yield region, inside
    for seen in left:
        yield _region_of(seen), [seen]


def _apart(sightings: list[Sighting]) -> bool:
    """Whether these are symbols by themselves rather than torn readings of one."""
    return not any(
        _thin(one) or one.text in other.text or within(centre(one.corners), other.corners)
        for one in sightings
        for other in sightings
        if one is not other
    )


def _thin(seen: Sighting) -> bool:
    """Whether a few lines only read so, as where a line leaves a tilted symbol."""
    top_left, top_right, _, low_left = seen.corners
    return math.dist(top_left, low_left) < 0.08 * math.dist(top_left, top_right)


def _look(
    page: Image.Image, region: Region, ballot: Ballot, cuts: Sequence[Cut], deadline: Deadline
) -> None:
    """Looks at a region in the given ways until the ballot is settled."""
    for cut in cuts:
        if ballot.settled() or deadline.passed():
            return
        strip = straighten(page, region, cut)
        ballot.add_look(_moved(seen, strip.on_page) for seen in scan_stripes(strip.image))


def _read_whole(
    page: Image.Image, whole: Image.Image, first: list[Sighting], deadline: Deadline
) -> list[Verdict]:
    """Looks at all of the page until something is agreed on."""
    ballot = Ballot()
    ballot.add_look(first)
    for image, on_page in _views(page, whole):
        ballot.add_look(_moved(seen, on_page) for seen in scan(image))
        if ballot.settled() or deadline.passed():
            break
    verdict = ballot.verdict()
    return [] if verdict is None else [verdict]


def _views(
    page: Image.Image, whole: Image.Image
) -> Iterator[tuple[Image.Image, Callable[[Point], Point]]]:
    factor = page.width / whole.width
    even = even_out(whole, max(whole.size) / 24)
    yield even, lambda point: _scaled(point, factor)
    if factor > 1:
        yield page, lambda point: point
    larger = sharpen(
        whole.resize(
            (round(whole.width * 1.6), round(whole.height * 1.6)), Image.Resampling.BICUBIC
        ),
        3,
    )
    yield larger, lambda point: _scaled(point, factor / 1.6)
    half = whole.reduce(2)
    yield half, lambda point: _scaled(point, factor * 2)
    for degrees in _TURNS:
        turned = whole.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
        yield turned, _turned_back(whole.size, turned.size, degrees, factor)


def _turned_back(
    size: tuple[int, int], turned: tuple[int, int], degrees: float, by: float
) -> Callable[[Point], Point]:
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))

    def back(point: Point) -> Point:
        x, y = point[0] - turned[0] / 2, point[1] - turned[1] / 2
        return (
            (x * cos - y * sin + size[0] / 2) * by,
            (x * sin + y * cos + size[1] / 2) * by,
        )

    return back


def _without_ghosts(found: list[Verdict]) -> list[Verdict]:
    """Each text once, and nothing that lies on a better symbol."""
    kept: list[Verdict] = []
    for verdict in sorted(found, key=_rank):
        same = any(_fragment(verdict, one) for one in kept)
        on_other = any(within(centre(verdict.corners), one.corners) for one in kept)
        if not same and not on_other:
            kept.append(verdict)
    return kept


def _rank(verdict: Verdict) -> tuple[bool, bool, int]:
    return verdict.format not in CORRECTED, not verdict.confident, -len(verdict.text)


def _fragment(verdict: Verdict, whole: Verdict) -> bool:
    """Whether it is the same number, or torn out of it."""
    if verdict.format in WEAK:
        return verdict.text in whole.text
    return verdict.text == whole.text and verdict.format is whole.format


def outline(region: Region) -> Corners:
    """The corners of a region, clockwise."""
    cos, sin = math.cos(region.angle), math.sin(region.angle)

    def corner(along: float, aside: float) -> Point:
        u = along * region.length / 2
        v = aside * region.height / 2 + u * region.slope
        return region.x + u * cos - v * sin, region.y + u * sin + v * cos

    return corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)


def _region_of(seen: Sighting) -> Region:
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


def _moved(seen: Sighting, on_page: Callable[[Point], Point]) -> Sighting:
    first, second, third, fourth = (on_page(corner) for corner in seen.corners)
    return replace(seen, corners=(first, second, third, fourth))


def _scaled(point: Point, factor: float) -> Point:
    return point[0] * factor, point[1] * factor
