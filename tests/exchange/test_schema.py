"""The published schema says what the export holds, no more and no less."""

import json
from datetime import UTC, datetime
from pathlib import Path

from backend.passes.exchange.karman_json import (
    CardsDocument,
    read_karman_json,
    write_karman_json,
)
from backend.passes.exchange.shapes import ExchangeCard

SCHEMA = Path(__file__).parents[2] / "docs" / "cards.schema.json"
NOW = datetime(2026, 11, 21, tzinfo=UTC)


def test_the_published_schema_is_the_one_in_force() -> None:
    assert json.loads(SCHEMA.read_text()) == CardsDocument.model_json_schema(), (
        "write docs/cards.schema.json anew from CardsDocument.model_json_schema()"
    )


def test_an_export_keeps_to_it() -> None:
    card = ExchangeCard("Кафе", "1", "1", note="n", front=b"\x89PNG")
    document = json.loads(write_karman_json([card], NOW))
    CardsDocument.model_validate(document)
    described = CardsDocument.model_json_schema()["$defs"]["CardItem"]["properties"]
    assert document["cards"][0].keys() == described.keys()


def test_a_wrong_card_is_named_and_the_rest_comes() -> None:
    document = json.loads(write_karman_json([ExchangeCard("Кафе", "1", "1")], NOW))
    document["cards"].insert(0, {**document["cards"][0], "color": "purple"})
    found = read_karman_json(json.dumps(document).encode())
    assert [card.name for card in found.cards] == ["Кафе"]
    assert (found.problems[0].line, found.problems[0].what.split(":")[0]) == (1, "color")
