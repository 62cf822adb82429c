"""The OpenAPI document of the operations, from the models that check what is entered."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from backend.access.rights import EXPLAINED
from backend.web.api.openapi_answers import HEADERS, PROBLEM, answers_of
from backend.web.api.operation import FileBody, Operation, RawBody
from backend.web.api.operations import OPERATIONS

VERSION = "1.0.0"
_REF = "#/components/schemas/{model}"
_ABOUT = """\
Everything that a brand or its CDP does with Karman, over HTTP. Each request carries a key:
`Authorization: Bearer karman_…`. `docs/partners.md` and `docs/onboarding.md` of the repository are
the tours. Whatever answers GET answers HEAD the same, without the body.

Times are RFC 3339 in UTC, money is a decimal text beside its currency, phones are E.164. What is
not set is left out of an answer; later versions of v1 may add fields.
"""
# What stands in a path: said, and by example.
HOLES: Mapping[str, tuple[str, str]] = {
    "account": ("The key of an account.", "lavka"),
    "assignment": ("The id of an assignment.", "501"),
    "brand": ("The key of a brand.", "lavka"),
    "campaign": ("The id of a campaign.", "41"),
    "card": ("The id of a card.", "20481"),
    "customer": ("The id of a customer.", "7301"),
    "document": ("The id of a version of a document.", "17"),
    "job": ("The id of a job.", "311"),
    "key": ("The id of a key, the part behind `karman_`.", "8fJ2kQ0aZx"),
    "offer": ("The key of an offer of the brand.", "welcome"),
    "program": ("The key of a program.", "lavka-card"),
    "reservation": ("The id of a reservation.", "92"),
    "connection": ("The key of the connection.", "crm"),
    "segment": ("The key of a segment.", "kazan-asleep"),
    "list": ("The key of a list of cards.", "winter-fair"),
    "version": ("The number of a version.", "3"),
    "webhook": ("The id of a webhook.", "4kT0aQ9rWb"),
    "template": ("The key of a template.", "spring-sale"),
    "trigger": ("The id of a trigger.", "12"),
    "watch": ("The id of a waiting.", "41"),
    "store": ("The key of a store of the brand.", "kazan-1"),
}


def openapi(base_url: str, operations: Iterable[Operation] = OPERATIONS) -> dict[str, Any]:
    found = tuple(operations)
    schemas = schemas_of(found)
    paths: dict[str, dict[str, Any]] = {}
    for each in found:
        paths.setdefault(each.whole_path, {})[each.method.lower()] = _operation(each, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Karman", "version": VERSION, "description": _ABOUT},
        "servers": [{"url": base_url}],
        "security": [{"key": []}],
        "tags": [{"name": noun} for noun in dict.fromkeys(each.noun for each in found)],
        "paths": paths,
        "components": {
            "securitySchemes": {"key": _SECURITY},
            "headers": HEADERS,
            "schemas": dict(sorted(schemas.items())) | {"Problem": PROBLEM},
        },
    }


_SECURITY = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "karman_…",
    "description": "Scopes:\n\n"
    + "\n".join(f"- `{right.value}`: {said}" for right, said in EXPLAINED.items()),
}


def schemas_of(operations: Iterable[Operation]) -> dict[str, Any]:
    """Of every model, by its name."""
    models: dict[type[BaseModel], None] = {}
    for each in operations:
        for model in (each.query, each.body, each.answer):
            if isinstance(model, type):
                models[model] = None
    _, found = models_json_schema([(model, "validation") for model in models], ref_template=_REF)
    return dict(found["$defs"])


def _operation(each: Operation, schemas: Mapping[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": each.name,
        "summary": each.summary,
        "description": f"{each.about}\n\nScope: `{each.right.value}`.".strip(),
        "tags": [each.noun],
        "parameters": _parameters(each, schemas),
        "responses": answers_of(each),
        "x-scope": each.right.value,
    }
    if each.body is not None:
        told["requestBody"] = _body(each)
    return told


def _body(each: Operation) -> dict[str, Any]:
    if isinstance(each.body, RawBody | FileBody):
        binary = {"schema": {"type": "string", "format": "binary"}}
        return {"required": True, "content": dict.fromkeys(each.body.media_types, binary)}
    assert each.body is not None
    schema = {"$ref": _REF.format(model=each.body.__name__)}
    content = {"application/json": {"schema": schema, "example": each.body_example}}
    return {"required": True, "content": content}


def _parameters(each: Operation, schemas: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = [_hole(name) for name in each.holes]
    query = schemas[each.query.__name__]
    for name, schema in query["properties"].items():
        needed = name in query.get("required", ())
        described = {k: v for k, v in schema.items() if k != "description"}
        found.append(
            _parameter(name, "query", schema.get("description", ""), described, required=needed)
        )
    if each.method == "POST":
        said = "Yours for this request: the same again is answered the same, for a day at least."
        text = {"type": "string", "minLength": 1, "maxLength": 255, "examples": ["2026-11-27-0001"]}
        found.append(_parameter("Idempotency-Key", "header", said, text, required=True))
    if each.stands is not None:
        said = "The ETag of what is to be changed, as it was read, or `*`."
        found.append(_parameter("If-Match", "header", said, {"type": "string"}, required=True))
    return found


def _hole(name: str) -> dict[str, Any]:
    said, example = HOLES[name]
    schema = {"type": "string", "minLength": 1, "maxLength": 64}
    return _parameter(name, "path", said, schema, required=True) | {"example": example}


def _parameter(
    name: str, place: str, said: str, schema: Mapping[str, Any], *, required: bool
) -> dict[str, Any]:
    return {
        "name": name,
        "in": place,
        "required": required,
        "description": said,
        "schema": dict(schema),
    }
