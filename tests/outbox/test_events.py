"""Events survive a JSON round trip, and a version older or newer than the row."""

import dataclasses
from typing import Any

import orjson
import pytest

from backend.events.cards import CardIssued
from backend.events.event import Event, UnknownEvent
from backend.events.every import EVENTS, from_payload

FILLED: dict[Any, Any] = {
    int: 7,
    bool: True,
    str: "issued",
    int | None: None,
    dict[str, str]: {"3": "0042"},
    list[str]: ["city", "email"],
    list[int]: [7, 8],
}


def example(event: type[Event]) -> Event:
    return event(**{field.name: FILLED[field.type] for field in dataclasses.fields(event)})


@pytest.mark.parametrize("event", EVENTS.values(), ids=list(EVENTS))
def test_every_event_survives_json(event: type[Event]) -> None:
    made = example(event)
    payload = orjson.loads(orjson.dumps(dataclasses.asdict(made)))
    assert from_payload(event.__name__, payload) == made
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(made, dataclasses.fields(event)[0].name, 8)


def test_a_field_of_a_newer_version_is_left_out() -> None:
    payload = dataclasses.asdict(CardIssued(1, 2, 3, 4, None, "issued")) | {"mood": "good"}
    assert from_payload("CardIssued", payload) == CardIssued(1, 2, 3, 4, None, "issued")


def test_an_event_of_a_newer_version_is_told_apart() -> None:
    with pytest.raises(UnknownEvent):
        from_payload("CardFramed", {})
