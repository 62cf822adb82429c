"""Whatever a body of the document lets be named: the way to it, and the example with it in its
place."""

from collections.abc import Iterator
from typing import Any

from backend.access.rights import Right
from tests.web.api.matrix import DOCUMENT, NOBODY, Sample, samples

SAMPLES = [each for each in samples() if each.scope != Right.OPERATOR]
# By the last name of the way to it in a body, which of `holdings` it names. A picture is nobody's:
# whoever knows its SHA-256 has it (docs/decisions/0004-pictures-in-sql.md).
NAMED = {
    "program": "program", "brand": "brand", "segment": "segment", "template": "template",
    "connection": "connection", "customer": "customer", "campaign": "campaign", "card": "number",
    "offer": "whole offer", "product": "product", "hold": "posting", "posting": "posting",
}  # fmt: skip
# Of which one stands alone.
INSTEAD = {
    "customer": ("card", "phone"), "card": ("customer",), "offer": ("url",),
    # Beside them it only says where that came from.
    "segment": ("audience", "tree"),
}  # fmt: skip
# Whose ids are numbers.
NUMBERED = {"customer", "campaign", "posting"}
NONE = NOBODY | {
    "number": "X-404", "whole offer": "nobody-nobody", "posting": "999999999", "product": "nobody",
}  # fmt: skip
# Everybody's; and of the program's own card_fields.
OF_NO_ACCOUNT = {"city", "own"}
Way = tuple[str, ...]


def parts(schema: dict[str, Any], seen: frozenset[str] = frozenset()) -> Iterator[tuple[Way, Any]]:
    """The way to whatever may stand in a body, and its schema; `*` is an item of a list. Once
    through what holds the like of itself: conditions have a test case of their own."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        if name in seen:
            return
        schema, seen = DOCUMENT["components"]["schemas"][name], seen | {name}
    for kind in ("anyOf", "oneOf", "allOf"):
        for each in schema.get(kind, ()):
            yield from parts(each, seen)
    for way, each in parts(schema["items"], seen) if "items" in schema else ():
        yield ("*", *way), each
    for name, each in schema.get("properties", {}).items():
        if name not in {"all", "any", "not"}:
            yield (name,), each
            yield from (((name, *way), part) for way, part in parts(each, seen))


def ways(schema: dict[str, Any]) -> list[Way]:
    """To whatever names something."""
    found = (way for way, each in parts(schema) if each.get("type") != "boolean")
    return list(dict.fromkeys(way for way in found if way[-1] in NAMED))


def content_of(each: Sample) -> dict[str, Any]:
    """Of its body, if that is JSON."""
    content = each.told.get("requestBody", {}).get("content", {})
    return dict(content.get("application/json", {}))


def named(body: Any, way: Way, value: Any) -> Any:
    """The example, with this in its place and whatever is needed around it."""
    if not way:
        return [value] if isinstance(body, list) else value
    if way[0] == "*":
        items = body if isinstance(body, list) and body else [{}]
        return [named(items[0], way[1:], value), *items[1:]]
    beside = INSTEAD.get(way[0], ()) if len(way) == 1 else ()
    held = {} if not isinstance(body, dict) else {k: v for k, v in body.items() if k not in beside}
    return held | {way[0]: named(held.get(way[0]), way[1:], value)}


# What a condition names stands beside what it asks.
CONDITIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("list", {"field": "list", "in": ["{}"]}),
    ("campaign", {"field": "clicked", "campaign": "{}"}),
)


def bodies() -> Iterator[tuple[Sample, str, Way, Any]]:
    """Of each operation whatever it lets be named: what, the way to it, the form of its value."""
    for each in SAMPLES:
        content = content_of(each)
        if not content:
            continue
        for way in ways(content["schema"]):
            yield each, NAMED[way[-1]], way, "{}"
        for name in {"tree", "audience"} & set(content["example"]):
            for what, form in CONDITIONS:
                yield each, what, (name,), form


def filled(form: Any, what: str, value: str) -> Any:
    if form == "{}":
        return int(value) if what in NUMBERED else value
    if isinstance(form, dict):
        return {name: filled(each, what, value) for name, each in form.items()}
    return [filled(each, what, value) for each in form] if isinstance(form, list) else form
