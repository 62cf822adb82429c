"""Events are facts: listed, in the past tense, frozen, made of plain values, and the same
after a JSON round trip."""

import ast
import dataclasses
import json
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.events.event import Event
from backend.events.every import EVENTS, from_payload
from tests.support.source import ROOT

PLAIN = {int, str, bool, float, NoneType, dict[str, str], list[int], list[str]}
# Past tenses that do not end in -ed.
IRREGULAR = {
    "Sent",
    "Gone",
    "Lost",
    "Withdrawn",
    "Shown",
    "Met",
    "Given",
    "Held",
    "Paid",
    "Spent",
    "RanLow",
    "RanEmpty",
}


def kinds(hint: Any) -> set[Any]:
    return set(get_args(hint)) if isinstance(hint, UnionType) else {hint}


def in_the_past(name: str) -> bool:
    return name.endswith(("ed", *IRREGULAR))


def test_every_event_is_listed() -> None:
    rooms = (ROOT / "backend" / "events").glob("*.py")
    written = {
        node.name
        for room in rooms
        for node in ast.parse(room.read_text()).body
        if isinstance(node, ast.ClassDef)
        and any(getattr(b, "id", "") == "Event" for b in node.bases)
    }
    assert written == set(EVENTS), "list the event in EVENTS of backend/events/every.py"


@pytest.mark.parametrize("event", EVENTS.values(), ids=list(EVENTS))
def test_an_event_is_a_plain_fact(event: type[Event]) -> None:
    assert in_the_past(event.__name__), "an event says what happened: CardIssued, not IssueCard"
    assert event.__dataclass_params__.frozen, "an event is @dataclass(frozen=True, slots=True)"  # type: ignore[attr-defined]
    for name, hint in get_type_hints(event).items():
        assert kinds(hint) <= PLAIN, f"{name}: ids, texts, numbers, true and false; not {hint}"


@pytest.mark.parametrize("event", EVENTS.values(), ids=list(EVENTS))
@given(data=st.data())
def test_an_event_survives_a_json_round_trip(event: type[Event], data: st.DataObject) -> None:
    made = data.draw(st.builds(event, **{
        name: st.from_type(hint) if float not in kinds(hint) else st.floats(allow_nan=False)
        for name, hint in get_type_hints(event).items()
    }))  # fmt: skip
    assert from_payload(event.__name__, json.loads(json.dumps(dataclasses.asdict(made)))) == made


def test_the_checks_see_bad_samples() -> None:
    @dataclasses.dataclass
    class IssueCard:
        when: set[int]

    assert not in_the_past("IssueCard")
    assert in_the_past("ConsentWithdrawn")
    assert not kinds(get_type_hints(IssueCard)["when"]) <= PLAIN
    assert kinds(int | None) <= PLAIN
