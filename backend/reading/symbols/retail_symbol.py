"""The bars of EAN-13, UPC-A and EAN-8, and how their digits look through a lens.

From ISO/IEC 15420: a digit is seven modules, two bars and two spaces; guard bars stand at both
ends and in the middle. Digits of the left half begin light and end dark, those of the right half
the other way round, so the edges between digits are known whatever the number says.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from backend.reading.symbols.rows import Floats
from models.barcode_format import BarcodeFormat

_ODD = [f"{bars:07b}" for bars in (13, 25, 19, 61, 35, 49, 47, 59, 55, 11)]
_RIGHT = ["".join("10"[int(module)] for module in bars) for bars in _ODD]
_EVEN = [bars[::-1] for bars in _RIGHT]
_LEFT = [*_ODD, *_EVEN]

PARITIES = tuple(f"{way:06b}" for way in (0, 11, 13, 14, 19, 25, 28, 21, 22, 26))
"""By the first of thirteen digits: which of the left six are drawn in the even way (1)."""

SAMPLES = 3
"""Per module."""
_PAD = 1
"""Modules of the neighbours that belong to a digit's window: one is dark and one is light."""
WINDOW = (7 + 2 * _PAD) * SAMPLES
_FINE = 24  # steps per module in which templates are drawn

_GUARDS = ("0001010", "1010101", "0101000")
"""With what is next to them whatever the number: paper at the ends, bars in the middle."""
_GUARD_OFFSETS = (np.arange(7 * SAMPLES) + 0.5) / SAMPLES


@dataclass(frozen=True, slots=True)
class Layout:
    """Places in modules from the left edge of the first bar.

    `edges` are those that every number has; `signs` tell light to dark (1) from dark to light.
    `windows` has a row of places for each digit, `guards` for the guard bars at the left, in the
    middle and at the right.
    """

    format: BarcodeFormat
    digits: int
    modules: int
    edges: Floats
    signs: Floats
    windows: Floats
    guards: Floats

    @property
    def half(self) -> int:
        return self.digits // 2


def _layout(barcode: BarcodeFormat, digits: int) -> Layout:
    half = digits // 2
    left = [3 + 7 * place for place in range(half)]
    middle = 3 + 7 * half
    right = [middle + 5 + 7 * place for place in range(half)]
    end = middle + 8 + 7 * half
    edges = [(0, 1), (1, -1), (2, 1), (3, -1), *((place, -1) for place in left[1:])]
    edges += [(middle + step, 1 if step % 2 else -1) for step in range(6)]
    edges += [(place, 1) for place in right[1:]]
    edges += [(end - 3, 1), (end - 2, -1), (end - 1, 1), (end, -1)]
    offsets = (np.arange(WINDOW) + 0.5) / SAMPLES - _PAD
    return Layout(
        barcode,
        digits,
        end,
        np.array([float(place) for place, _ in edges]),
        np.array([float(sign) for _, sign in edges]),
        np.array([place + offsets for place in (*left, *right)]),
        np.array([place + _GUARD_OFFSETS for place in (-3, middle - 1, end - 4)]),
    )


LONG = _layout(BarcodeFormat.EAN13, 12)
"""EAN-13 and UPC-A: twelve digits in bars, the thirteenth in how the left six are drawn."""
SHORT = _layout(BarcodeFormat.EAN8, 8)


@dataclass(frozen=True, slots=True)
class Bank:
    """What each digit looks like: rows of mean 0 and length 1.

    `left` has the ten odd and then the ten even ways, `right` ten; `guards` has three.
    """

    left: Floats
    right: Floats
    guards: Floats


@lru_cache(maxsize=32)
def bank(blur: float, spread: float) -> Bank:
    """`blur` is the deviation of the lens, `spread` how far ink crept over each edge: modules."""
    return Bank(
        _unit([_template(bars, "1", "0", blur, spread) for bars in _LEFT]),
        _unit([_template(bars, "0", "1", blur, spread) for bars in _RIGHT]),
        _unit([_template(bars, bars[0], bars[-1], blur, spread, pad=0) for bars in _GUARDS]),
    )


def _unit(rows: list[Floats]) -> Floats:
    table = np.array(rows)
    table -= table.mean(axis=1, keepdims=True)
    unit: Floats = table / np.linalg.norm(table, axis=1, keepdims=True)
    return unit


def _template(
    bars: str, before: str, after: str, blur: float, spread: float, pad: int = _PAD
) -> Floats:
    """Seven modules between neighbours, and `pad` modules of these; dark 1 and light 0."""
    around = 4
    modules = f"{before * around}{bars}{after * around}"
    dark = np.repeat(np.array([float(module) for module in modules]), _FINE)
    crept = round(abs(spread) * _FINE)
    wide = np.stack([np.roll(dark, step) for step in range(-crept, crept + 1)])
    dark = wide.max(axis=0) if spread > 0 else wide.min(axis=0)
    reach = np.arange(-round(4 * blur * _FINE), round(4 * blur * _FINE) + 1) / _FINE
    lens = np.exp(-((reach / blur) ** 2) / 2)
    seen = np.convolve(dark, lens / lens.sum(), "same")
    places = (around - pad + (np.arange((7 + 2 * pad) * SAMPLES) + 0.5) / SAMPLES) * _FINE - 0.5
    sampled: Floats = np.interp(places, np.arange(len(seen)), seen)
    return sampled
