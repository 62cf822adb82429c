"""The published schema says what the export holds, no more and no less."""

import json
from datetime import UTC, datetime
from pathlib import Path

from backend.exchange.karman_json import (
    CardsDocument,
    read_karman_json,
    write_karman_json,
)
from backend.exchange.shapes import ExchangeCard, RowProblem, Why

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


def test_an_odd_colour_is_told_and_a_card_without_a_name_refused() -> None:
    document = json.loads(write_karman_json([ExchangeCard("Кафе", "1", "1")], NOW))
    one = document["cards"][0]
    document["cards"] = [{**one, "color": "purple", "expires": "soon"}, {**one, "name": ""}, 7]
    found = read_karman_json(json.dumps(document).encode())
    assert [card.name for card in found.cards] == ["Кафе"]
    assert found.notes == [
        RowProblem(1, Why.ODD_VALUE, "color", "purple", "Кафе"),
        RowProblem(1, Why.ODD_VALUE, "expires", "soon", "Кафе"),
    ]
    assert found.problems == [RowProblem(2, Why.EMPTY, "name"), RowProblem(3, Why.UNREADABLE)]
