"""Looks at all of a page in several ways, for what did not stand out as bars or a square."""

from collections.abc import Callable, Iterator
from functools import partial

from PIL import Image, ImageFilter

from backend.reading.symbols.deadline import Deadline
from backend.reading.symbols.places import OnPage, larger, moved, shifted, turned_back
from backend.reading.symbols.scan import Sighting, scan, scan_squares
from backend.reading.symbols.straighten import even_out, sharpen

LARGEST = 1600
"""Longer side of the page for looks at the whole, in pixels. Regions are cut from the original."""
_TILE, _OVERLAP = 1800, 500
"""Pixels of the page in full size: a small symbol on the border of a tile is whole in another."""
_TURNS = (-15, 15, -30, 30)

_View = Callable[[], tuple[Image.Image, OnPage]]


def reduced(page: Image.Image) -> Image.Image:
    if max(page.size) <= LARGEST:
        return page
    whole = page.copy()
    whole.thumbnail((LARGEST, LARGEST), Image.Resampling.BOX)
    return whole


def looks(page: Image.Image, whole: Image.Image, deadline: Deadline) -> Iterator[list[Sighting]]:
    """What each look sees, in pixels of the page; none begins after the deadline."""
    onward = larger(page.width / whole.width)
    for blur in (0, 1):
        if deadline.passed():
            return
        image = whole.filter(ImageFilter.GaussianBlur(blur)) if blur else whole
        yield [moved(seen, onward) for seen in scan_squares(image)]
    for view in _views(page, whole):
        if deadline.passed():
            return
        image, on_page = view()
        yield [moved(seen, on_page) for seen in scan(image)]


def full_size(page: Image.Image, deadline: Deadline) -> Iterator[list[Sighting]]:
    """What is seen in tiles of the page that is larger than `reduced` makes it."""
    if max(page.size) <= LARGEST:
        return
    for left, top, right, low in _tiles(page.size):
        if deadline.passed():
            return
        tile = page.crop((left, top, right, low))
        yield [moved(seen, shifted(left, top)) for seen in scan(tile)]


def _views(page: Image.Image, whole: Image.Image) -> Iterator[_View]:
    """Made when they are asked for: each takes its time."""
    factor = page.width / whole.width
    yield lambda: (even_out(whole, max(whole.size) / 24), larger(factor))
    yield lambda: (_enlarged(whole, 1.6), larger(factor / 1.6))
    yield lambda: (whole.reduce(2), larger(factor * 2))
    for degrees in _TURNS:
        yield partial(_turned, whole, degrees, factor)


def _enlarged(whole: Image.Image, by: float) -> Image.Image:
    size = round(whole.width * by), round(whole.height * by)
    return sharpen(whole.resize(size, Image.Resampling.BICUBIC), 3)


def _turned(whole: Image.Image, degrees: int, factor: float) -> tuple[Image.Image, OnPage]:
    turned = whole.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    return turned, turned_back(whole.size, turned.size, degrees, factor)


def _tiles(size: tuple[int, int]) -> Iterator[tuple[int, int, int, int]]:
    """Boxes that cover the page and overlap, left to right and downwards."""
    for top, low in _stretches(size[1]):
        for left, right in _stretches(size[0]):
            yield left, top, right, low


def _stretches(length: int) -> list[tuple[int, int]]:
    count = max(1, -(-(length - _OVERLAP) // (_TILE - _OVERLAP)))
    wide = min(length, -(-(length + (count - 1) * _OVERLAP) // count))
    starts = [round(place * (length - wide) / max(1, count - 1)) for place in range(count)]
    return [(start, start + wide) for start in starts]
