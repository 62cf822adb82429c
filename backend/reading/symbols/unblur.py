"""Takes the blur of a lens or a moving hand back out of the rows of a strip.

The mean of many rows has little noise left, so that what a blur of a known width did to it can be
undone (a Wiener filter). How wide the blur was is not known: several widths are tried, each
against more and less noise. That costs a hundredth of cutting the strip anew.
"""

from collections import Counter
from collections.abc import Iterator

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from PIL import Image

from backend.reading.symbols.rows import Floats, row_of
from backend.reading.symbols.scan import Sighting, scan_stripes
from backend.reading.symbols.votes import WEAK

_PARTS = ((0, 1), (0, 1 / 2), (1 / 2, 1), (1 / 4, 3 / 4), (0, 1 / 3), (1 / 3, 2 / 3), (2 / 3, 1))
"""Of a strip's height, from and to: each is a look of its own."""
_BLURS = (1.2, 1.6, 2.0, 2.4, 2.8, 3.3)
"""Deviations in pixels of the page."""
_NOISES = (0.0003, 0.001, 0.003, 0.01, 0.03)
_TIMES = 2
"""Filters that have to show a number without a check digit before its look counts."""
_ROWS = 12
_FAINT = 0.35
"""Of the contrast of the whole row: what has less is paper."""
_CLIP = 2.2  # of the mean deviation: what is darker is dark


def unblurred_looks(strip: Image.Image, zoom: float) -> Iterator[list[Sighting]]:
    """What is seen in each part of a strip of averaged rows; `zoom` is its pixels per pixel of
    the page. In pixels of the strip."""
    for top, low in _PARTS:
        row = evened(row_of(strip, top, low))
        times: Counter[tuple[str, str]] = Counter()
        shown: dict[tuple[str, str], Sighting] = {}
        for blur in _BLURS:
            for noise in _NOISES:
                for seen in scan_stripes(_drawn(unblurred(row, blur * zoom, noise))):
                    key = seen.format.value, seen.text
                    times[key] += 1
                    shown.setdefault(key, seen)
        yield [
            _over(seen, top, low, strip.height)
            for key, seen in shown.items()
            if seen.format not in WEAK or times[key] >= _TIMES
        ]


def unblurred(row: Floats, blur: float, noise: float) -> Floats:
    """The row before a Gaussian blur of that deviation in pixels; `noise` is its power to 1."""
    frequencies = np.fft.rfftfreq(len(row))
    passed = np.exp(-2 * (np.pi * frequencies * blur) ** 2)
    spectrum = np.fft.rfft(row - row.mean()) * passed / (passed * passed + noise)
    sharp: Floats = np.fft.irfft(spectrum, len(row))
    return sharp


def evened(row: Floats) -> Floats:
    """The same light and contrast everywhere: paper is at -1, also beside the bars, ink at 1."""
    reach = max(3, len(row) // 12)
    padded = np.pad(row, reach, mode="edge")
    around = sliding_window_view(padded, 2 * reach + 1)
    paper, ink = _smooth(around.min(axis=1), reach), _smooth(around.max(axis=1), reach)
    contrast = np.maximum(ink - paper, _FAINT * (row.max() - row.min()) + 1)
    even: Floats = 2 * (row - paper) / contrast - 1
    return even


def _smooth(row: Floats, reach: int) -> Floats:
    padded = np.pad(row, reach, mode="edge")
    smooth: Floats = np.convolve(padded, np.ones(reach) / reach, "same")[reach:-reach]
    return smooth


def _drawn(row: Floats) -> Image.Image:
    levels = np.clip(row / (_CLIP * np.abs(row).mean() + 1e-9), -1, 1)
    return Image.fromarray(np.tile((127 - 127 * levels).astype(np.uint8), (_ROWS, 1)))


def _over(seen: Sighting, top: float, low: float, height: int) -> Sighting:
    """The corners at the upper and lower end of the part that was drawn as a few rows."""
    first, second, third, fourth = (
        (x, (top if y < _ROWS / 2 else low) * height) for x, y in seen.corners
    )
    return Sighting(seen.format, seen.text, (first, second, third, fourth))
