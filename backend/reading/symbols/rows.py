"""The mean of a strip's rows: what noise hides in one row shows in many."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Floats = NDArray[np.float64]


def row_of(strip: Image.Image, top: float, low: float) -> Floats:
    """The mean of the rows between two shares of the height: dark is high."""
    levels = np.asarray(strip, dtype=np.float64)
    first = min(len(levels) - 1, round(top * len(levels)))
    row: Floats = 255.0 - levels[first : max(first + 1, round(low * len(levels)))].mean(axis=0)
    return row
