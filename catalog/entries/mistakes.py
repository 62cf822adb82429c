"""What pydantic found, in the words that people are told."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import NoneType
from typing import Any, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from catalog.entries.values.entry import Entry
from catalog.entries.values.suggest import one_of
from catalog.entries.values.wrong import kind_of, shown

Way = tuple[int | str, ...]
# More than anybody reads; wording each takes its time, and there may be as many as characters.
MOST = 100


@dataclass(frozen=True, slots=True)
class Mistake:
    """`way` leads from the top to what is wrong. `at_key`: the key itself is, not its value.
    `first` is set when the same stood there before."""

    way: Way
    what: str
    expected: str
    at_key: bool = False
    first: Way | None = None


def mistakes_of(model: type[Entry], found: ValidationError, whole: str) -> Iterator[Mistake]:
    """The mistakes that validating `model` has found, MOST at most. `whole` is what the messages
    call all of what was given: "the file"."""
    for error in found.errors(include_url=False)[:MOST]:
        way: Way = error["loc"]
        ctx = error.get("ctx", {})
        if at := ctx.get("at"):
            way = (*way[:-1], at)
        if error["type"] == "told":
            first = (*way[:-1], ctx["first"]) if "first" in ctx else None
            yield Mistake(way, ctx["what"], ctx["expected"], first=first)
        elif error["type"] == "extra_forbidden":
            known = _walk(model, way[:-1]).model.model_fields
            what = f"unknown key {shown(named(model, way))}"
            yield Mistake(way, what, one_of(known, str(way[-1])), at_key=True)
        else:
            what, expected = _of_field(model, error)
            yield Mistake(way, f"{named(model, way) or _unnamed(way, whole)} {what}", expected)


def _unnamed(way: Way, whole: str) -> str:
    return f"an item of {way[-2]}" if len(way) > 1 else whole


def _of_field(model: type[Entry], error: Any) -> tuple[str, str]:
    way, ctx = error["loc"], error.get("ctx", {})
    if error["type"] == "wrong":
        return ctx["what"], ctx["expected"]
    if error["type"] == "missing":
        return "is missing", _wanted(_walk(model, way).field)
    if error["type"] == "model_type":
        return f"is {kind_of(error['input'])}", _walk(model, way).model.expected
    return f"is wrong: {error['msg']}", _wanted(_walk(model, way).field)


def _wanted(field: FieldInfo | None) -> str:
    told = (getattr(each, "wanted", "") for each in (field.metadata if field else ()))
    return next(filter(None, told), "a value")


@dataclass(frozen=True, slots=True)
class _Step:
    """Where a way has led: the field, and the entry that it is, or is in."""

    model: type[Entry]
    field: FieldInfo | None


def _walk(model: type[Entry], way: Way) -> _Step:
    field: FieldInfo | None = None
    for part in way:
        if isinstance(part, str):
            field = model.model_fields.get(part)
            model = (_entry_in(field) if field else None) or model
    return _Step(model, field)


def _entry_in(field: FieldInfo) -> type[Entry] | None:
    """The entry that a field holds, alone or in a list."""
    for each in field.metadata:
        inner = getattr(each, "model", None)
        if isinstance(inner, type) and issubclass(inner, Entry):
            return inner
    return _entry_of(field.annotation)


def _entry_of(annotation: Any) -> type[Entry] | None:
    if isinstance(annotation, type) and not get_origin(annotation):
        return annotation if issubclass(annotation, Entry) else None
    arguments = [each for each in get_args(annotation) if each not in {NoneType, Ellipsis}]
    found = (_entry_of(each) for each in arguments)
    return next((each for each in found if each), None)


def named(model: type[Entry], way: Way) -> str:
    """ "design.primary": the keys on the way, without the places in lists."""
    names: list[str] = []
    for length, part in enumerate(way, 1):
        if isinstance(part, str):
            names.append(part)
        spoken = _walk(model, way[:length]).model.spoken
        if not isinstance(part, str) and spoken is not None:
            names = [spoken] if spoken else []
    return ".".join(names)


def pointer(way: Way) -> str:
    """RFC 6901; "" is the whole."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in way)
