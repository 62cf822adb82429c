"""SVG path data, the little of it that drawing needs, as points."""

import re
from collections.abc import Iterator
from itertools import pairwise

Point = tuple[float, float]
_TOKEN = re.compile(r"[MLCQ]|-?[0-9]+(?:\.[0-9]+)?")
_STEPS = 18
_POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3}


def outline(commands: str) -> list[Point]:
    """Points along absolute M, L, C and Q commands; curves in fixed steps."""
    points: list[Point] = []
    for command, controls in _segments(commands):
        if command in "ML":
            points += controls
        else:
            points += _curve([points[-1], *controls])
    return points


def _segments(commands: str) -> Iterator[tuple[str, list[Point]]]:
    command, numbers = "", list[float]()
    for token in _TOKEN.findall(commands):
        if token in _POINTS:
            command, numbers = token, []
            continue
        numbers.append(float(token))
        if len(numbers) == 2 * _POINTS[command]:
            yield command, list(zip(numbers[::2], numbers[1::2], strict=True))
            numbers = []


def _curve(controls: list[Point]) -> list[Point]:
    return [_along(controls, step / _STEPS) for step in range(1, _STEPS + 1)]


def _along(controls: list[Point], share: float) -> Point:
    """De Casteljau's point of a Bézier curve."""
    while len(controls) > 1:
        controls = [
            (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
            for a, b in pairwise(controls)
        ]
    return controls[0]
