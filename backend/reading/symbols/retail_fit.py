"""Lays the known edges of an EAN or UPC symbol over a row of grey levels.

A placement is four numbers: where the symbol begins and ends in the row, and how its modules
widen from one side to the other (`bow`: perspective) and towards the middle (`curl`: a card or a
bottle that is round). The digits then fall into windows that can be compared with templates.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from backend.reading.symbols.retail_symbol import Bank, Layout
from backend.reading.symbols.rows import Floats

_BEGINS = np.linspace(0.0, 0.45, 64)
_LENGTHS = np.linspace(0.42, 1.0, 72)
_BOWS = np.array([-0.12, -0.06, 0.0, 0.06, 0.12])
_NEAR = 0.015  # of the row: placements nearer than that are one
_STEPS = (0.6, 0.3, 0.15)  # modules by which a placement is moved about
_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of what stands in each window to each ideal, for a number of placements: at most 1.

    `left` is placements x digits x 20 ways, `right` placements x digits x 10, `guards`
    placements x 3.
    """

    left: Floats
    right: Floats
    guards: Floats

    def total(self) -> Floats:
        """Of each placement, summed over digits and guard bars."""
        digits = self.left.max(axis=2).sum(axis=1) + self.right.max(axis=2).sum(axis=1)
        summed: Floats = digits + self.guards.sum(axis=1)
        return summed


def seen(row: Floats, layout: Layout, placements: Floats) -> tuple[Floats, Floats]:
    """What stands in the windows of digits and guard bars: placements x windows x samples."""
    return _windows(row, layout.windows, layout, placements), _windows(
        row, layout.guards, layout, placements
    )


def _windows(row: Floats, places: Floats, layout: Layout, placements: Floats) -> Floats:
    levels = _sampled(row, _places(layout, places.ravel(), placements))
    levels = levels.reshape(len(placements), *places.shape)
    levels = levels - levels.mean(axis=2, keepdims=True)
    unit: Floats = levels / (np.sqrt((levels * levels).sum(axis=2, keepdims=True)) + 1e-6)
    return unit


def compare(windows: tuple[Floats, Floats], layout: Layout, bank: Bank) -> Likeness:
    digits, guards = windows
    return Likeness(
        digits[:, : layout.half] @ bank.left.T,
        digits[:, layout.half :] @ bank.right.T,
        np.einsum("pgs,gs->pg", guards, bank.guards),
    )


def total(row: Floats, layout: Layout, placements: Floats, bank: Bank) -> Floats:
    """Of each placement, how like the ideal its windows are."""
    totals: Floats = compare(seen(row, layout, placements), layout, bank).total()
    return totals


def likely(row: Floats, layout: Layout, most: int) -> Floats:
    """The placements whose known edges fall on edges of the row, best first.

    A symbol and the same turned by 180° have the same known edges.
    """
    slopes = np.concatenate(([0.0], _even_slopes(row)))
    placements, places = _grid(layout.modules, tuple(layout.edges))
    found = slopes[(places * (len(row) - 1)).astype(np.int32)] @ layout.signs
    kept: list[Floats] = []
    for place in np.argsort(-found)[: most * 12]:
        one = placements[place]
        if all(np.abs(one - other)[:3].sum() > _NEAR for other in kept):
            kept.append(one)
        if len(kept) == most:
            break
    scale = np.array([len(row), len(row), 1.0, 1.0])
    most_likely: Floats = np.array(kept) * scale
    return most_likely


def settle(row: Floats, layout: Layout, placements: Floats, bank: Bank) -> tuple[Floats, Floats]:
    """Each placement moved to where its windows are most like digits, and how like they are."""
    best = placements.copy()
    score = total(row, layout, best, bank)
    for step in _STEPS:
        for _ in range(_ROUNDS):
            moves = _moves(layout, best, step)
            tried = (best[:, None] + moves).reshape(-1, 4)
            scores = total(row, layout, tried, bank).reshape(len(best), -1)
            choice = scores.argmax(axis=1)
            reached = scores[np.arange(len(best)), choice]
            better = reached > score + 1e-6
            if not better.any():
                break
            best[better] = tried.reshape(len(best), -1, 4)[better, choice[better]]
            score[better] = reached[better]
    return best, score


def _moves(layout: Layout, placements: Floats, step: float) -> Floats:
    """A step to and fro in each of: place, length, bow, curl. For each placement eight."""
    pixels = step * (placements[:, 1] - placements[:, 0]) / layout.modules
    bow, curl = step * 2.8 / layout.modules, step * 7.3 / layout.modules
    moves = np.zeros((len(placements), 8, 4))
    for place, sign in enumerate((1.0, -1.0)):
        moves[:, place, 0] = moves[:, place, 1] = sign * pixels
        moves[:, 2 + place, 0] = -sign * pixels
        moves[:, 2 + place, 1] = sign * pixels
        moves[:, 4 + place, 2] = sign * bow
        moves[:, 6 + place, 3] = sign * curl
    return moves


def _places(layout: Layout, modules: Floats, placements: Floats) -> Floats:
    """Where places in modules lie in the row: placements x places."""
    share = modules / layout.modules
    bent = share * (1 - share)
    begins, ends, bow, curl = (placements[:, place : place + 1] for place in range(4))
    places: Floats = begins + (ends - begins) * (share + bow * bent + curl * bent * (1 - 2 * share))
    return places


def _sampled(row: Floats, places: Floats) -> Floats:
    inside = np.clip(places, 0.0, len(row) - 1.001)
    whole = inside.astype(np.int32)
    part = inside - whole
    between: Floats = row[whole] * (1 - part) + row[whole + 1] * part
    return between


def _even_slopes(row: Floats) -> Floats:
    """How steeply the row rises at each place, as if it were lit alike everywhere."""
    wide = max(1, len(row) // 240)
    smooth = np.convolve(row, np.ones(wide) / wide, "same")
    slopes = np.gradient(smooth)
    reach = max(2, len(row) // 16)
    usual = np.convolve(np.abs(slopes), np.ones(reach) / reach, "same")
    even: Floats = slopes / (usual + 0.05 * np.abs(slopes).max() + 1e-6)
    return even[1:]


@lru_cache(maxsize=4)
def _grid(modules: int, edges: tuple[float, ...]) -> tuple[Floats, Floats]:
    """Placements in shares of the row, and where the known edges lie in each."""
    begins, lengths, bows = np.meshgrid(_BEGINS, _LENGTHS, _BOWS, indexing="ij")
    ends = begins + lengths
    placements = np.stack([begins, ends, bows, np.zeros_like(bows)], axis=-1).reshape(-1, 4)
    placements = placements[placements[:, 1] <= 1.0]
    share = np.array(edges) / modules
    bent = share * (1 - share)
    length = placements[:, 1:2] - placements[:, 0:1]
    places = placements[:, 0:1] + length * (share + placements[:, 2:3] * bent)
    return placements, np.clip(places, 0.0, 1.0)
