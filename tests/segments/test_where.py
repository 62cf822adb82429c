"""Whoever a tree means is whom the statement finds: every field, random people, random trees."""

import random
from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import ValidationError

from backend.platform.context import Context
from backend.platform.database import rows
from backend.segments.where import FIELDS, where
from catalog.entries.messages.condition import CONDITIONS
from catalog.entries.messages.segment import SegmentEntry
from tests.segments.people import World, meant, world

PEOPLE = 80
TREES = 120
# Of every field at least one; the words of somebody who tries to be a statement.
ATTACKS = ("x') OR 1=1 --", "$1", "{0}", "%s", "'; DROP TABLE customers; --", "\\", '"', "?1")
SAMPLES: list[dict[str, Any]] = [
    {"field": "city", "in": ["kazan"]},
    {"field": "city", "in": ["ufa", "omsk"]},
    {"field": "card", "is": "has"},
    {"field": "card", "is": "had"},
    {"field": "card", "is": "has_not"},
    {"field": "origin", "in": ["issued"]},
    {"field": "source", "in": ["instagram", "%s $1 {0}"]},
    {"field": "installed", "in": ["apple"]},
    {"field": "installed", "in": ["google", "apple"]},
    {"field": "tier", "in": ["O'Brien \"; --"]},
    {"field": "tier", "in": ["gold", *ATTACKS]},
    {"field": "balance", "from": "100"},
    {"field": "balance", "to": "99.99"},
    {"field": "balance", "from": "99.99", "to": "120.50"},
    {"field": "joined", "within_days": 30},
    {"field": "joined", "from": "2026-11-01"},
    {"field": "joined", "to": "2026-11-10"},
    {"field": "last_seen", "within_days": 30},
    {"field": "consent", "in": ["telegram"]},
    {"field": "consent", "in": ["email", "sms"]},
    {"field": "clicked"},
    {"field": "clicked", "within_days": 10},
    {"field": "clicked", "campaign": 1},
    {"field": "age", "in": ["0-17", "25-34", "65+"]},
    {"field": "gender", "in": ["female"]},
    {"field": "birthday", "from_days": 0, "to_days": 7},
    {"field": "birthday", "from_days": -15, "to_days": -1},
    {"field": "card_field", "key": "visits", "from": "-4", "to": "12"},
    {"field": "card_field", "key": "visits", "to": "0.5"},
    {"field": "card_field", "key": "name", "in": ["Anna", "x'y"]},
    {"field": "card_field", "key": "since", "from": "2026-05-01"},
    {"field": "card_field", "key": "nothing", "from": "1"},
    {"field": "attribute", "key": "vip", "is": True},
    {"field": "attribute", "key": "vip", "is": False},
    {"field": "attribute", "key": "vip"},
    {"field": "attribute", "key": "kind", "in": ["b'", *ATTACKS]},
    {"field": "attribute", "key": "ltv", "from": "0"},
    {"field": "attribute", "key": "until", "from": "2026-12-01"},
    {"field": "list", "in": ["winter"]},
    {"field": "list", "in": ["spring", "nobodys"]},
]


def tree(chance: random.Random) -> dict[str, Any]:
    def leaf() -> dict[str, Any]:
        one = chance.choice(SAMPLES)
        return {"not": one} if chance.random() < 0.3 else one

    def group(inner: list[dict[str, Any]]) -> dict[str, Any]:
        made = {chance.choice(["all", "any"]): inner}
        return {"not": made} if chance.random() < 0.2 else made

    nodes = [
        group([leaf() for _ in range(chance.randint(1, 3))]) if chance.random() < 0.3 else leaf()
        for _ in range(chance.randint(1, 4))
    ]
    return group(nodes)


async def found(asked: Mapping[str, Any], of: World, ctx: Context) -> set[int]:
    condition, values = where(asked, 1, brand=of.whose, now=ctx.clock())
    statement = f"SELECT c.id FROM customers c WHERE c.id > $1 AND {condition}"
    return {row["id"] for row in await rows(statement, [0, *values])}


async def test_whoever_is_meant_is_found(database: str, ctx: Context) -> None:
    chance = random.Random(12)
    of = await world(ctx.clock(), chance, PEOPLE)
    assert {each["field"] for each in SAMPLES} == set(FIELDS) == set(CONDITIONS)
    for asked in [*SAMPLES, *(tree(chance) for _ in range(TREES))]:
        kept = SegmentEntry.model_validate({"name": "x", "tree": asked}).tree
        assert kept is not None
        wanted = {each.id for each in of.people if meant(kept, each, ctx.clock(), of.whose.zone)}
        assert await found(kept, of, ctx) == wanted, asked
        if asked in SAMPLES and asked.get("key") != "nothing":
            assert 0 < len(wanted) < PEOPLE, f"{asked} is found without being looked at"
    everybody, values = where(None, 0, brand=of.whose, now=ctx.clock())
    assert (everybody, values) == ("TRUE", [])


@pytest.mark.parametrize("said", ATTACKS)
def test_nothing_that_is_entered_becomes_text_of_a_statement(said: str) -> None:
    """Keys that are no keys are refused, and so is what has no field."""
    for wrong in (
        {"field": said},
        {"field": "attribute", "key": said},
        {"field": "card_field", "key": said, "in": ["x"]},
        {"field": "balance", "from": said},
        {"field": "list", "in": [said]},
        {"field": "city", "in": [said]},
        {said: [{"field": "card", "is": "has"}]},
    ):
        with pytest.raises(ValidationError):
            SegmentEntry.model_validate({"name": "x", "tree": wrong})
