"""Draws the bars of a strip anew: as wide as they were meant, with paper at both sides.

A scanner asks for six narrow bars of paper beside ITF and Codabar, and compares bars with spaces.
Cards are cut closer than that, and ink that spread makes a narrow bar four times a narrow space.
The edges in the mean of many rows tell by how much all bars are too wide.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image

from backend.reading.symbols.rows import Floats, row_of
from backend.reading.symbols.scan import Sighting, scan_stripes
from backend.reading.symbols.unblur import evened, unblurred
from backend.reading.symbols.votes import WEAK

_PARTS = ((0, 1 / 3), (1 / 3, 2 / 3), (2 / 3, 1), (0, 1))
"""Of a strip's height, from and to: each is a look of its own."""
_BLURS = (0.0, 0.8, 1.2)
"""Deviations in pixels of the page that are taken out: narrow spaces are the first to go."""
_NOISE = 0.003
_NARROW = 0.25
"""The share of bars, and of spaces, that have one module at most."""
_MOST_SPREAD = 0.7
"""Modules by which bars are too wide or too narrow."""
_LONGEST_SPACE = 5.0
"""Modules: what is longer is no space of any symbology but paper beside it."""
_BAR = (0.4, 5.0)
"""Modules: what is dark and thinner is a speck, what is wider the card around the label."""
_FEWEST = 14
"""Bars of the shortest symbol, four digits of ITF; of Codabar and Code 39 they are more."""
_ALIKE = 0.95
"""Of the longest symbol of a strip: a shorter one has lost bars, and reads as another number."""
_QUIET, _MODULE, _ROWS = 12, 6, 12
"""Modules of paper on each side; pixels of a module and of the height as drawn."""


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars of one symbol, where each begins and ends, in pixels of the strip.

    `module` is the width of a narrow bar as meant, `spread` by how much each is too wide.
    """

    places: Floats
    module: float
    spread: float

    @property
    def length(self) -> float:
        return float(self.places[-1, 1] - self.places[0, 0])

    def drawn(self) -> Image.Image:
        meant = self.places + np.array([self.spread, -self.spread]) / 2
        pixels = np.rint((meant - self.places[0, 0]) * _MODULE / self.module).astype(int)
        levels = np.full(pixels[-1, 1] + 2 * _QUIET * _MODULE, 255, np.uint8)
        for begins, ends in pixels + _QUIET * _MODULE:
            levels[begins : max(begins + 1, ends)] = 0
        return Image.fromarray(np.tile(levels, (_ROWS, 1)))

    def of_drawn(self, x: float) -> float:
        """From a place in what was drawn to one in the strip."""
        return float(self.places[0, 0] + (x / _MODULE - _QUIET) * self.module)


def redrawn_looks(strip: Image.Image, zoom: float) -> Iterator[list[Sighting]]:
    """What each part of a strip says of symbols without a check digit; `zoom` is its pixels per
    pixel of the page. In pixels of the strip."""
    parts = [(part, list(_symbols(row_of(strip, *part), zoom))) for part in _PARTS]
    longest = max((bars.length for _, found in parts for bars in found), default=0.0)
    for (top, low), found in parts:
        shown = {
            (seen.format, seen.text): _placed(seen, bars, top * strip.height, low * strip.height)
            for bars in found
            if bars.length >= _ALIKE * longest
            for seen in scan_stripes(bars.drawn())
            if seen.format in WEAK
        }
        yield list(shown.values())


def _symbols(row: Floats, zoom: float) -> Iterator[Bars]:
    even = evened(row)
    for blur in _BLURS:
        bars = symbol(edges(unblurred(even, blur * zoom, _NOISE) if blur else even))
        if bars is not None:
            yield bars


def edges(even: Floats) -> Floats:
    """Where bars begin and end, each a row of two places; `even` is below 0 where it is light."""
    dark = even > 0
    places = np.flatnonzero(dark[1:] != dark[:-1])
    before, after = even[places], even[places + 1]
    crossed = places + before / (before - after)
    crossed = crossed[int(dark[0]) :]
    pairs: Floats = crossed[: len(crossed) // 2 * 2].reshape(-1, 2)
    return pairs


def symbol(dark: Floats) -> Bars | None:
    """The bars of the one symbol among all that is dark; None if there is none, or if bars stand
    beyond the paper beside it: they may be the rest of it, and what is torn reads as less."""
    if len(dark) < _FEWEST:
        return None
    widths, spaces = dark[:, 1] - dark[:, 0], dark[1:, 0] - dark[:-1, 1]
    bar, space = np.quantile(widths, _NARROW), np.quantile(spaces, _NARROW)
    module = float(bar + space) / 2
    most = _MOST_SPREAD * module
    spread = min(most, max(-most, float(bar - space) / 2))
    breaks = np.flatnonzero(spaces + spread > _LONGEST_SPACE * module) + 1
    starts, stops = [0, *breaks], [*breaks, len(dark)]
    start, stop = max(zip(starts, stops, strict=True), key=lambda piece: piece[1] - piece[0])
    beyond = np.delete(widths, slice(start, stop)) / module
    torn = bool(np.any((beyond > _BAR[0]) & (beyond < _BAR[1])))
    return None if torn or stop - start < _FEWEST else Bars(dark[start:stop], module, spread)


def _placed(seen: Sighting, bars: Bars, top: float, low: float) -> Sighting:
    first, second, third, fourth = (
        (bars.of_drawn(x), top if y < _ROWS / 2 else low) for x, y in seen.corners
    )
    return Sighting(seen.format, seen.text, (first, second, third, fourth))
