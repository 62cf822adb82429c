"""A tree with mistakes: all of them at once, each where it stands, in two languages."""

import re
from typing import Any

import pytest
from pydantic import ValidationError

from backend.web.api.in_russian import in_russian
from backend.web.api.trouble import Wrong
from catalog.entries.messages.segment import MOST, MOST_IN_A_GROUP, SegmentEntry
from catalog.entries.mistakes import Mistake, mistakes_of, pointer

HAS = {"field": "card", "is": "has"}
# A condition, with the place of its mistake.
WRONG: list[tuple[Any, str]] = [
    ({"field": "city", "in": ["kazan", "kazn"]}, "/in/1"),
    ({"field": "city", "in": [7]}, "/in/0"),
    ({"field": "city"}, "/in"),
    ({"field": "city", "in": []}, "/in"),
    ({"field": "tier", "in": ["gold", "gold"]}, "/in/1"),
    ({"field": "source", "in": [f"x{n}" for n in range(201)]}, "/in"),
    ({"field": "card", "is": "yes"}, "/is"),
    ({"field": "card", "is": "has", "also": 1}, "/also"),
    ({"field": "age", "in": ["18-25"]}, "/in/0"),
    ({"field": "gender", "in": ["unknown"]}, "/in/0"),
    ({"field": "origin", "in": ["external"]}, "/in/0"),
    ({"field": "balance"}, "/from"),
    ({"field": "balance", "from": 100}, "/from"),
    ({"field": "balance", "from": "10", "to": "5"}, "/to"),
    ({"field": "balance", "from": "10", "to": "2026-12-31"}, "/to"),
    ({"field": "joined"}, "/within_days"),
    ({"field": "joined", "within_days": 0}, "/within_days"),
    ({"field": "joined", "from": "2026-02-30"}, "/from"),
    ({"field": "joined", "from": "2026-02-02", "to": "2026-02-01"}, "/to"),
    ({"field": "last_seen", "within_days": "soon"}, "/within_days"),
    ({"field": "consent", "in": ["pigeon"]}, "/in/0"),
    ({"field": "birthday"}, "/to_days"),
    ({"field": "birthday", "from_days": 8, "to_days": 7}, "/to_days"),
    ({"field": "birthday", "to_days": 61}, "/to_days"),
    ({"field": "card_field", "key": "visits"}, "/in"),
    ({"field": "card_field", "key": "A-B", "in": ["x"]}, "/key"),
    ({"field": "attribute"}, "/key"),
    ({"field": "attribute", "key": "vip", "is": "maybe"}, "/is"),
    ({"field": "list", "in": ["Winter VIP"]}, "/in/0"),
    ({"field": "weather"}, "/field"),
    ({"field": ["city"]}, "/field"),
    ({"any": [HAS], "more": 1}, "/more"),
    ({"any": {}}, "/any"),
    ({"any": []}, "/any"),
    ({"any": [HAS] * (MOST_IN_A_GROUP + 1)}, "/any"),
    ({"any": [{"all": [HAS]}]}, "/any/0/all"),
    ({"not": {"not": HAS}}, "/not/not"),
    ({"all": [HAS], "any": [HAS]}, ""),
    ({}, ""),
    (7, ""),
    ("x", ""),
]


def mistakes(tree: Any) -> list[Mistake]:
    with pytest.raises(ValidationError) as found:
        SegmentEntry.model_validate({"name": "x", "tree": tree})
    return list(mistakes_of(SegmentEntry, found.value, "the body"))


def test_each_mistake_stands_where_it_was_made_and_is_told_in_russian() -> None:
    for given, place in WRONG:
        (one,) = mistakes({"all": [HAS, given]})
        assert pointer(one.way) == f"/tree/all/1{place}", given
        said = in_russian(Wrong(one.what, one.expected))
        # What is quoted and what are names of keys stays as it is.
        for text in (said.message, said.expected):
            left = re.sub(r"'[^']*'|[a-z]+_[a-z_]+|\b[0-9]+\b", "", text)
            assert re.search("[а-яё]", left) or not re.search("[a-z]{3,} [a-z]{3,}", left), text


def test_all_are_told_at_once() -> None:
    some = [given for given, _ in WRONG[:18]]
    places = [place for _, place in WRONG[:18]]
    found = {pointer(each.way) for each in mistakes({"any": some})}
    assert found == {f"/tree/any/{number}{place}" for number, place in enumerate(places)}


def test_there_are_not_too_many() -> None:
    group = {"any": [HAS] * MOST_IN_A_GROUP}
    assert SegmentEntry.model_validate({"name": "x", "tree": {"all": [group, group]}}).tree
    (one,) = mistakes({"all": [group] * 3})
    assert one.what == "there are too many conditions"
    assert MOST < 3 * MOST_IN_A_GROUP


def test_mistakes_by_the_thousand_are_not_all_looked_at() -> None:
    """A guess at what was meant takes milliseconds."""
    nowhere = {"field": "city", "in": [f"nowhere-{number}" for number in range(1000)]}
    (one,) = mistakes(nowhere)
    assert (pointer(one.way), one.what) == ("/tree/in", "1000 of the cities are unknown")
    assert "неизвестн" in in_russian(Wrong(one.what, one.expected)).message
    wrong = {"any": [{"field": "tier", "in": list(range(200))}] * MOST_IN_A_GROUP}
    assert len(mistakes(wrong)) < 300


def test_what_is_kept_is_what_was_entered() -> None:
    tree = {
        "all": [
            {"field": "city", "in": ["kazan"]},
            {"not": {"any": [HAS, {"field": "balance", "from": "100", "to": "500"}]}},
            {"field": "birthday", "from_days": 0, "to_days": 7},
            {"field": "attribute", "key": "vip", "is": False},
        ]
    }
    assert SegmentEntry.model_validate({"name": "x", "tree": tree}).tree == tree
    assert SegmentEntry.model_validate({"name": "x", "tree": None}).tree is None
