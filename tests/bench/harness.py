"""Measures in alternating rounds and reports each figure beside a peer or a limit."""

import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

RESULTS = Path("build/bench.jsonl")
# Beyond what noise makes of two equal rates.
BEATEN = 1.1


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report and of build/bench.jsonl.

    `against` is "peer NAME" or "limit NAME"; `ratio` is our value divided by theirs;
    `met` tells whether the ratio reached the aim, None where there is no aim. A limit is what
    nobody can beat, or what must not be passed.
    """

    bench: str
    figure: str
    value: float
    unit: str
    against: str | None = None
    ratio: float | None = None
    aim: float | None = None
    met: bool | None = None


@dataclass(slots=True)
class Report:
    """Collects the figures of one bench; each is printed and written as soon as it is known."""

    bench: str
    results: Path = RESULTS
    figures: list[Figure] = field(default_factory=list)

    def add(
        self,
        figure: str,
        value: float,
        unit: str,
        *,
        against: str | None = None,
        theirs: float | None = None,
        aim: float | None = None,
        aim_is: Literal["at least", "at most"] = "at least",
    ) -> Figure:
        """`against` is "peer NAME" or "limit NAME", `theirs` its value, `aim` a ratio to reach."""
        ratio = value / theirs if theirs else None
        met = None
        if aim is not None and ratio is not None:
            met = ratio >= aim if aim_is == "at least" else ratio <= aim
        line = Figure(self.bench, figure, value, unit, against, ratio, aim, met)
        self.figures.append(line)
        say(row(line, aim_is))
        self.results.parent.mkdir(parents=True, exist_ok=True)
        with self.results.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(line), ensure_ascii=False) + "\n")
        return line


def say(line: str) -> None:
    """A line on standard output, at once, also when it goes to a file."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def header() -> str:
    """The head of the table that `row` fills."""
    titles = f"{'bench':<14} {'figure':<40} {'value':>12} {'unit':<8} {'against':<34}"
    return f"{titles} {'ratio':>8}  aim"


def row(line: Figure, aim_is: str) -> str:
    """A figure as a line of the table."""
    ratio = "" if line.ratio is None else f"{line.ratio:.2f}"
    aim = ""
    if line.aim is not None:
        verdict = {True: "met", False: "MISSED", None: "not measured"}[line.met]
        aim = f"{aim_is} {line.aim:g}: {verdict}"
    elif aim_is == "at least" and line.ratio is not None and line.ratio > BEATEN:
        aim = "beaten: the wrong limit" if (line.against or "").startswith("limit") else ""
    value = f"{line.value:,.1f}" if line.value >= 1 else f"{line.value:.3f}"
    words = f"{line.bench:<14} {line.figure:<40} {value:>12} {line.unit:<8}"
    return f"{words} {line.against or '':<34} {ratio:>8}  {aim}".rstrip()


def alternate(measures: Mapping[str, Callable[[], float]], rounds: int = 7) -> dict[str, float]:
    """The median of each measure, all of them taken in turn: a noisy minute hits everyone."""
    taken: dict[str, list[float]] = {name: [] for name in measures}
    for place in range(rounds):
        names = list(measures)
        for name in names if place % 2 == 0 else reversed(names):
            taken[name].append(measures[name]())
    return {name: statistics.median(values) for name, values in taken.items()}


def cpu_rates(
    works: Mapping[str, Callable[[], object]], *, rounds: int = 7, seconds: float = 0.2
) -> dict[str, float]:
    """Calls per second of CPU time of this process, medians of alternating rounds."""

    def measure(work: Callable[[], object]) -> Callable[[], float]:
        def once() -> float:
            calls, start = 0, time.process_time()
            while (spent := time.process_time() - start) < seconds:
                work()
                calls += 1
            return calls / spent

        return once

    for work in works.values():
        work()  # imports and caches are not what is measured
    return alternate({name: measure(work) for name, work in works.items()}, rounds)
