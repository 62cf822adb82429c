"""What became of the mutants of a room, as it is printed."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from tests.mutation.equivalent import Change, change_of

_KILLED = {"killed", "timeout", "segfault"}
_UNTRIED = {"not checked", "check was interrupted by user"}


@dataclass(slots=True)
class Figures:
    """`everything`: mutants that there are; the others count those of the sample."""

    room: str
    everything: int = 0
    killed: int = 0
    survived: list[str] = field(default_factory=list)
    equivalent: int = 0
    untried: int = 0

    def line(self) -> str:
        tried = self.killed + len(self.survived)
        share = f"{100 * self.killed / tried:.1f} %" if tried else "nothing tried"
        sample = tried + self.equivalent + self.untried
        of = f"a sample of {sample} of {self.everything}" if sample < self.everything else "all"
        more = f", {self.equivalent} equivalent" if self.equivalent else ""
        more += f", {self.untried} NOT TRIED YET (run again)" if self.untried else ""
        killed = f"{self.killed} killed, {len(self.survived)} survived"
        return f"{self.room}: {share} ({killed}{more}; {of})"


def read_figures(room: str, place: Path, known: dict[Change, str]) -> Figures:
    """Of what inside.py wrote."""
    verdict = json.loads((place / "verdict.json").read_text())
    figures = Figures(room, everything=verdict["everything"])
    for each in verdict["tried"]:
        if each["status"] in _KILLED:
            figures.killed += 1
        elif each["status"] in _UNTRIED:
            figures.untried += 1
        elif _is_equivalent(change_of(each["function"], each["diff"]), known):
            figures.equivalent += 1
        else:
            figures.survived.append(f"{each['name']}: {each['status']}\n{each['diff']}")
    return figures


def _is_equivalent(change: Change, known: dict[Change, str]) -> bool:
    return change.only_letter_case_of_sql or change in known


def total(rooms: list[Figures]) -> Figures:
    return Figures(
        "together",
        sum(each.everything for each in rooms),
        sum(each.killed for each in rooms),
        [one for each in rooms for one in each.survived],
        sum(each.equivalent for each in rooms),
        sum(each.untried for each in rooms),
    )
