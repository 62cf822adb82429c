"""Reads EAN-13, UPC-A and EAN-8 by comparing a region's grey levels with ideal bars.

A scanner that looks for edges needs narrow bars that can be told from one another. Here the
whole symbol is laid over the averaged rows of a region: bars of one pixel, bars that ink has
widened and bars that a lens has washed together still add up to one likeliest number, and the
distance to the next likeliest tells how sure that is.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from backend.reading.symbols.regions import Region
from backend.reading.symbols.retail_code import Code, likeliest
from backend.reading.symbols.retail_fit import compare, likely, seen, settle, total
from backend.reading.symbols.retail_symbol import LONG, SHORT, Layout, bank
from backend.reading.symbols.rows import Floats, row_of
from backend.reading.symbols.scan import Corners, Sighting, sighting
from backend.reading.symbols.straighten import Cut, straighten
from backend.reading.symbols.votes import Width
from models.barcode_format import BarcodeFormat

_LIKE, _LEAD = 0.85, 0.2
"""From here on a number is told. In 2,200 rows of other stripes and of wrong placements a likeness
of 0.8 never came with a lead of more than 0.17."""
_NEARLY_LIKE, _NEARLY_LEAD = 0.75, 0.1
_SHORT_LEAD = 0.36
"""Of eight digits: fewer bars are more easily matched by chance, a part of an EAN-13 among them."""
_GUARDS, _GUARD = 0.75, 0.5
"""Likeness of the guard bars, on average and of each: a number laid over one digit too far
to the side matches everything else."""

_USUAL = (0.7, 0.0)
_LENSES = [(blur, spread) for blur in (0.4, 0.7, 1.0) for spread in (-0.15, 0.0, 0.15, 0.3)]
_CANDIDATES, _FOLLOWED, _FINISHED = 24, 5, 3
_STRIP = Cut(1.0, 16, (0.12, 0.88))
_PARTS = ((0.0, 1.0), (0.0, 0.5), (0.5, 1.0))
_BESIDE = 0.15
"""Of a strip's height: rows above and below a sighting that are taken with it."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A number laid over a row; `placement` is in pixels of the row as it was read."""

    layout: Layout
    code: Code
    guards: Floats
    placement: Floats
    turned: bool

    @property
    def width(self) -> Width:
        """How clearly the number is told where nothing but the bars speaks for it."""
        if not self.guarded or self.code.likeness < _NEARLY_LIKE:
            return Width.UNKNOWN
        lead = _LEAD if self.layout is LONG else _SHORT_LEAD
        if self.code.likeness >= _LIKE and self.code.lead >= lead:
            return Width.TOLD
        return Width.LIKELY if self.code.lead >= _NEARLY_LEAD else Width.UNKNOWN

    def width_of(self, text: str) -> Width:
        """The same where a scanner saw a number: in the right place, if it is the same."""
        if self.code.text != text or self.code.likeness < _NEARLY_LIKE:
            return self.width
        return Width.TOLD if self.code.lead >= _LEAD else Width.LIKELY

    @property
    def guarded(self) -> bool:
        return bool(self.guards.mean() >= _GUARDS and self.guards.min() >= _GUARD)

    def rank(self) -> tuple[bool, float]:
        return self.guarded, self.code.lead


def measure(strip: Image.Image, found: Sighting) -> tuple[Sighting, Width]:
    """What the bars say where a scanner saw a number, and how clearly; in pixels of the strip."""
    top_left, top_right, low_right, low_left = found.corners
    first, last = (top_left[0] + low_left[0]) / 2, (top_right[0] + low_right[0]) / 2
    middle = sum(y for _, y in found.corners) / 4 / strip.height
    row = row_of(strip, max(0.0, middle - _BESIDE), min(1.0, middle + _BESIDE))
    layout = SHORT if found.format is BarcodeFormat.EAN8 else LONG
    placement = np.array([[min(first, last), max(first, last), 0.0, 0.0]])
    turned = first > last
    if turned:
        row, placement = row[::-1].copy(), _reversed(placement, len(row))
    told = _best(row, layout, placement, turned=turned)
    claimed = found.text.zfill(layout.digits + (layout is LONG))
    return sighting(layout.format, told.code.text, found.corners), told.width_of(claimed)


def read_bars(page: Image.Image, region: Region) -> Iterator[tuple[Sighting, Width]]:
    """Numbers that are told from all others: by all rows, by the upper and by the lower half."""
    strip = straighten(page, region, _STRIP)
    for layout in (LONG, SHORT):
        told = agreed([fit(row_of(strip.image, top, low), layout) for top, low in _PARTS])
        for one in told:
            corners = _corners(one, strip.image.size)
            first, second, third, fourth = (strip.on_page(corner) for corner in corners)
            place = first, second, third, fourth
            yield sighting(layout.format, one.code.text, place), Width.TOLD
        if told:
            return


def agreed(parts: Sequence[Fit]) -> list[Fit]:
    """Those that are told and that a second part of the strip holds likeliest, too: the stripes of
    a cloth or a picture pass for a number once, and in another row for another number."""
    said = Counter(part.code.text for part in parts)
    return [part for part in parts if part.width is Width.TOLD and said[part.code.text] > 1]


def fit(row: Floats, layout: Layout) -> Fit:
    """The number that is told best, wherever in the row it lies and however it is turned."""
    placements = likely(row, layout, _CANDIDATES)
    found = []
    for turned in (False, True):
        levels, places = row, placements
        if turned:
            levels, places = row[::-1].copy(), _reversed(placements, len(row))
        order = np.argsort(-total(levels, layout, places, bank(*_USUAL)))[:_FOLLOWED]
        found.append(_best(levels, layout, places[order], turned=turned))
    return max(found, key=Fit.rank)


def _best(row: Floats, layout: Layout, placements: Floats, *, turned: bool) -> Fit:
    """The number that is told best at one of the placements, through the lens that fits best."""
    settled, scores = settle(row, layout, placements, bank(*_USUAL))
    fits = []
    for place in np.argsort(-scores)[:_FINISHED]:
        one = settled[place : place + 1]
        windows = seen(row, layout, one)
        totals = [compare(windows, layout, bank(*lens)).total()[0] for lens in _LENSES]
        lens = bank(*_LENSES[int(np.argmax(totals))])
        one, _ = settle(row, layout, one, lens)
        like = compare(seen(row, layout, one), layout, lens)
        code = likeliest(layout, like.left[0], like.right[0])
        fits.append(Fit(layout, code, like.guards[0], one[0], turned))
    return max(fits, key=Fit.rank)


def _reversed(placements: Floats, length: int) -> Floats:
    begins, ends, bow, curl = placements.T
    return np.stack([length - 1 - ends, length - 1 - begins, -bow, curl], axis=1)


def _corners(one: Fit, size: tuple[int, int]) -> Corners:
    """In pixels of the strip, clockwise from the top left as the symbol stands."""
    width, height = size
    begins, ends = float(one.placement[0]), float(one.placement[1])
    if one.turned:
        first, last = width - 1 - begins, width - 1 - ends
        return (first, height), (last, height), (last, 0.0), (first, 0.0)
    return (begins, 0.0), (ends, 0.0), (ends, height), (begins, height)
