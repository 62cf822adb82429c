"""A program's folder of a pack, but for its terms."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from backend.brands.pack.export_design import design_files
from backend.brands.pack.spelled import csv_of, yaml_of
from catalog.questions.question import STANDARD_FIELDS
from catalog.scope import numbers_of
from models.pool_number import NumberStatus
from models.program import FROM_POOL, Program

NUMBERS = "numbers.csv"
AT_ONCE = 5_000
_COLUMNS = ("printed_number", "barcode_value")


async def program_files(program: Program, *, numbers: bool) -> AsyncIterator[tuple[str, bytes]]:
    """Inside a transaction."""
    pool = program.processor in FROM_POOL or program.local_pool
    design, pictures = await design_files(program)
    told = program_entry(program, design) | ({"numbers": NUMBERS} if pool else {})
    yield "program.yaml", yaml_of(told)
    for name, content in pictures.items():
        yield name, content
    if pool:
        yield NUMBERS, csv_of(_COLUMNS, [])
    if not (pool and numbers):
        return
    last = 0
    free = numbers_of(program.id).filter(status=NumberStatus.FREE)
    while rows := await free.filter(id__gt=last).order_by("id").limit(AT_ONCE):
        last = rows[-1].id
        pairs = [(row.printed_number, row.barcode_value) for row in rows]
        yield NUMBERS, csv_of(_COLUMNS, pairs, head=False)


def program_entry(row: Program, design: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": {"ru": row.name_ru, "en": row.name_en},
        "status": row.status.value,
        "barcode_format": row.barcode_format.value,
        "processor": row.processor,
        "connection": _connection(row),
        "local_pool": _flag(row.local_pool) if row.local_pool else None,
        "design": design,
        "questionnaire": [_question(each) for each in row.questionnaire],
        "plastic": _flag(row.plastic),
        "recognition": [_ordered(rule) for rule in row.recognition],
        "unknown_numbers": row.unknown_numbers.value,
        "sharing": _flag(row.sharing),
        "assignment_days": row.assignment_days,
        "ledger": _ledger(row.ledger),
        "card_fields": [_card_field(each) for each in row.card_fields],
    }


def _connection(row: Program) -> str | None:
    if row.connection_id is None:
        return None
    assert row.connection is not None
    return row.connection.key


def _flag(value: bool) -> str:
    return "yes" if value else "no"


def _question(kept: Mapping[str, Any]) -> dict[str, Any]:
    """As it is entered: a standard field says no type."""
    choices = [{"key": each["key"], **_both(each["label"])} for each in kept["choices"]]
    told = {
        "key": kept["key"],
        "type": None if kept["type"] in STANDARD_FIELDS else kept["type"],
        "required": _flag(kept["required"]),
        "label": _both(kept["label"]) if kept["label"] else None,
        "hint": _both(kept["hint"]) if kept["hint"] else None,
        "choices": choices or None,
        **{name: kept[name] for name in ("min_age", "smallest", "largest", "longest")},
    }
    return {name: value for name, value in told.items() if value is not None}


def _card_field(kept: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in _ordered(kept).items() if name != "label"}
    return {"key": told.pop("key"), "label": _both(kept["label"]), **told}


def _both(texts: Mapping[str, str]) -> dict[str, str]:
    """PostgreSQL keeps keys in an order of its own."""
    return {"ru": texts["ru"], "en": texts["en"]}


def _ordered(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {name: kept[name] for name in sorted(kept)}


def _ledger(kept: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if kept is None:
        return None
    told = _ordered(kept)
    if (birthday := told.get("birthday")) is not None:
        told["birthday"] = _ordered(birthday)
    if (tiers := told.get("tiers")) is not None:
        levels = [{"name": each["name"], "least": each["least"]} for each in tiers["levels"]]
        told["tiers"] = {"by": tiers["by"], "months": tiers["months"], "levels": levels}
    return told
