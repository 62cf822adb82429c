"""The likeliest number with a right check digit, and how far ahead of all others it is."""

from dataclasses import dataclass

import numpy as np

from backend.reading.symbols.retail_symbol import PARITIES, Layout
from backend.reading.symbols.rows import Floats

_IMPOSSIBLE = -1e9
_DIGITS = np.arange(10)


@dataclass(frozen=True, slots=True)
class Code:
    """`likeness` is the mean of the digits', at most 1; `lead` the distance of the summed
    likeness to that of the next number whose check digit is right.
    """

    text: str
    likeness: float
    lead: float


def likeliest(layout: Layout, left: Floats, right: Floats) -> Code:
    """`left` has the likeness of each digit to the twenty ways, `right` to the ten."""
    options = _options(layout, left, right)
    through = _through(options)
    first = int(through[:, 0].max(axis=1).argmax())
    digits = through[first].argmax(axis=1)
    best = float(through[first, 0].max())
    others = through.copy()
    others[first, np.arange(layout.digits), digits] = _IMPOSSIBLE
    # Another first digit is another number, whatever its other digits are.
    second = float(others.max()) if len(options) == 1 else _second(through, others, first)
    text = "".join(map(str, digits))
    if len(options) > 1:
        text = f"{first}{text}"
    return Code(text, best / layout.digits, best - second)


def _second(through: Floats, others: Floats, first: int) -> float:
    elsewhere = np.delete(through, first, axis=0).max()
    return float(max(elsewhere, others[first].max()))


def _options(layout: Layout, left: Floats, right: Floats) -> Floats:
    """Likeness by first digit (one row where there is none), place and digit."""
    if layout.digits != 12:
        return np.concatenate([left[:, :10], right])[None]
    ways = [
        [left[place, :10] if way == "0" else left[place, 10:] for place, way in enumerate(parity)]
        for parity in PARITIES
    ]
    return np.stack([np.concatenate([np.array(rows), right]) for rows in ways])


def _through(options: Floats) -> Floats:
    """The summed likeness of the best valid number that has a digit at a place."""
    count, places, _ = options.shape
    weights = [3 if place % 2 == 0 else 1 for place in range(places)]
    before = np.full((places + 1, count, 10), _IMPOSSIBLE)
    # Of thirteen digits the first weighs once; of eight the first stands in the bars.
    before[0, np.arange(count), np.arange(count) % 10] = 0.0
    for place, weight in enumerate(weights):
        came = (_DIGITS[:, None] - weight * _DIGITS) % 10
        before[place + 1] = (before[place][:, came] + options[:, place, None]).max(axis=2)
    after = np.full((places + 1, count, 10), _IMPOSSIBLE)
    after[places, :, 0] = 0.0
    through = np.empty_like(options)
    for place in reversed(range(places)):
        goes = (_DIGITS[:, None] + weights[place] * _DIGITS) % 10
        onward = after[place + 1][:, goes] + options[:, place, None]
        through[:, place] = (before[place][:, :, None] + onward).max(axis=1)
        after[place] = onward.max(axis=2)
    return through
