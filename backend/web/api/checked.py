"""Checking what was entered: every mistake at once, each with the way to it."""

from collections.abc import Mapping
from functools import cache
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web
from multidict import MultiMapping
from pydantic import ValidationError

from backend.platform.keys_twice import keys_twice, may_have_keys_twice
from backend.web.api.body import DEEPEST
from backend.web.api.operation import Operation
from backend.web.api.trouble import Problem, Trouble, Wrong
from backend.web.keys import MATCH
from catalog.entries.mistakes import MOST, mistakes_of, pointer
from catalog.entries.values.around import Around
from catalog.entries.values.entry import Entry
from catalog.entries.values.suggest import one_of
from catalog.entries.values.wrong import shown

_UTC = Around(ZoneInfo("UTC"))


def checked_query(operation: Operation, given: MultiMapping[str]) -> Entry:
    """Raises Problem."""
    if not given and (nothing := _without_query(operation.query)) is not None:
        return nothing
    twice = [
        Wrong(f"{name} stands twice", "each parameter once", parameter=name)
        for name in dict.fromkeys(given)
        if len(given.getall(name)) > 1
    ]
    wrong = twice + _unknown_fields(operation, given.get("fields", ""))
    try:
        found = operation.query.model_validate(dict(given), context=_UTC)
    except ValidationError as mistakes:
        for each in mistakes_of(operation.query, mistakes, "the query"):
            name = str(each.way[0]) if each.way else ""
            what = f"unknown parameter {shown(name)}" if each.at_key else each.what
            wrong.append(Wrong(what, each.expected, parameter=name))
        raise Problem(Trouble.INPUT_INVALID, errors=tuple(wrong)) from None
    if wrong:
        raise Problem(Trouble.INPUT_INVALID, errors=tuple(wrong))
    return found


@cache
def _without_query(model: type[Entry]) -> Entry | None:
    """Checked once: entries never change. None where something has to be asked."""
    try:
        return model.model_validate({}, context=_UTC)
    except ValidationError:
        return None


def _unknown_fields(operation: Operation, named: str) -> list[Wrong]:
    known = fields_of(operation)
    return [
        Wrong(f"unknown field {name!r}", one_of(known, name), parameter="fields")
        for name in dict.fromkeys(named.split(",") if named else [])
        if name not in known
    ]


def fields_of(operation: Operation) -> tuple[str, ...]:
    """What `fields=` may name: of the answer, or of each thing of a list."""
    return tuple(operation.answer.model_fields) if operation.answer is not None else ()


def checked_body(
    model: type[Entry], value: Any, around: Around | None, data: bytes | None = None
) -> Entry:
    """`data` is what the value was read of. Raises Problem."""
    wrong = _keys_twice(data) if data and may_have_keys_twice(data, value) else []
    try:
        found = model.model_validate(value, context=around)
    except ValidationError as mistakes:
        wrong += [
            Wrong(each.what, each.expected, pointer=pointer(each.way))
            for each in mistakes_of(model, mistakes, "the body")
        ]
        raise Problem(Trouble.INPUT_INVALID, errors=tuple(wrong)) from None
    if wrong:
        raise Problem(Trouble.INPUT_INVALID, errors=tuple(wrong))
    return found


def _keys_twice(data: bytes) -> list[Wrong]:
    """Raises Problem."""
    try:
        ways = list(islice(keys_twice(data), MOST))
    except RecursionError:
        raise Problem(Trouble.BODY_TOO_DEEP, most=DEEPEST) from None
    return [
        Wrong(f"{shown(way[-1])} stands twice", "each key once", pointer=pointer(way))
        for way in ways
    ]


def path_values(request: web.Request) -> Mapping[str, str]:
    """What nobody may be called is as if nobody were: `-` is no key of anything."""
    return {
        name: value if value.isprintable() and len(value) <= 64 else "-"
        for name, value in request[MATCH].items()
    }
