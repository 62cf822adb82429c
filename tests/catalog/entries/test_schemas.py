"""The JSON Schema of each entry is fit for an OpenAPI document: whoever reads it alone can enter
what is right."""

from collections.abc import Iterator
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import TypeAdapter

from catalog.bilingual import Bilingual
from catalog.entries.account import AccountEntry
from catalog.entries.brand import BrandEntry
from catalog.entries.design.design import DesignEntry
from catalog.entries.document import DocumentEntry
from catalog.entries.number import NumberEntry
from catalog.entries.offer import OfferEntry
from catalog.entries.program import ProgramEntry
from catalog.entries.question import QuestionEntry
from catalog.entries.recognition import RuleEntry
from catalog.entries.store import StoreEntry
from catalog.entries.values.around import Around
from catalog.entries.values.entry import Entry
from models.barcode_format import BarcodeFormat

ENTRIES: list[type[Entry]] = [
    AccountEntry,
    BrandEntry,
    DesignEntry,
    DocumentEntry,
    NumberEntry,
    OfferEntry,
    ProgramEntry,
    QuestionEntry,
    RuleEntry,
    StoreEntry,
]
AROUND = Around(ZoneInfo("Europe/Moscow"), Bilingual("", ""), BarcodeFormat.EAN13)


def parts(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The schema, its definitions and their parts."""
    yield schema
    for inner in (*schema.get("$defs", {}).values(), *schema.get("properties", {}).values()):
        yield from parts(inner)
    for inner in (schema.get("items"), *schema.get("anyOf", [])):
        if isinstance(inner, dict):
            yield from parts(inner)


@pytest.mark.parametrize("entry", ENTRIES)
def test_everything_is_described_and_bounded(entry: type[Entry]) -> None:
    for part in parts(entry.model_json_schema()):
        kind = part.get("type")
        if kind == "object":
            assert part["description"], part
            assert part["additionalProperties"] is False, part
            for name, inner in part["properties"].items():
                assert inner.get("description"), f"{part['title']}.{name}"
        if kind == "string":
            assert part.keys() & {"maxLength", "enum", "const"}, part
        if kind == "array":
            assert part["maxItems"], part
        if kind in {"integer", "number"}:
            assert part.keys() >= {"minimum", "maximum"}, part
        assert part.get("default", ...) is not None, part


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_example_is_right(entry: type[Entry]) -> None:
    """But for those that depend on others: a choice of a field of its own, a text cut short."""
    dependent = {"label", "hint", "choices", "smallest", "largest", "longest", "type", "ru", "en"}
    seen = 0
    for name, field in entry.model_fields.items():
        if name in dependent:
            continue
        given: Any = (
            Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
        )
        for example in field.examples or ():
            seen += 1
            TypeAdapter(given).validate_python(example, context=AROUND)
    assert seen


def test_the_schemas_say_what_the_models_check() -> None:
    account = AccountEntry.model_json_schema()
    assert account["required"] == ["legal_name", "address", "inn", "privacy_email"]
    assert account["properties"]["inn"]["pattern"] == "^(?:[0-9]{10}|[0-9]{12})$"
    assert account["properties"]["timezone"]["default"] == "Europe/Moscow"
    legal_name = account["$defs"]["Bilingual300"]
    assert legal_name["properties"]["ru"]["maxLength"] == 300
    program = ProgramEntry.model_json_schema()
    assert program["properties"]["barcode_format"]["enum"] == [each.value for each in BarcodeFormat]
    assert program["properties"]["questionnaire"]["maxItems"] == 30
    assert program["$defs"]["QuestionEntry"]["required"] == ["key"]
    offer = OfferEntry.model_json_schema()
    everywhere, listed = offer["properties"]["cities"]["anyOf"]
    assert (everywhere["const"], listed["uniqueItems"]) == ("everywhere", True)
    assert "groceries" in BrandEntry.model_json_schema()["properties"]["category"]["enum"]
    assert StoreEntry.model_json_schema()["properties"]["lat"]["maximum"] == 90
