"""The contract for people: a page of every operation, from the same declarations."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

import orjson
from aiohttp import web

from backend.access.rights import EXPLAINED
from backend.web.api.openapi import HOLES, schemas_of
from backend.web.api.openapi_answers import codes_of, example_of
from backend.web.api.operation import FileBody, Operation, RawBody
from backend.web.api.operations import OPERATIONS
from backend.web.pages.render import page

ROUTES = web.RouteTableDef()
# What a body that is no JSON is called on the page.
_SAMPLES = {
    "image/png": "picture.png",
    "application/zip": "pack.zip",
    "text/csv": "numbers.csv",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    place: str
    said: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """An operation as the page has it; `codes` are statuses with what may be refused."""

    name: str
    method: str
    path: str
    summary: str
    about: str
    scope: str
    parameters: tuple[Parameter, ...]
    curl: str
    status: int
    answer: str
    codes: Mapping[int, tuple[str, ...]]


@ROUTES.get("/api/docs")
async def docs(request: web.Request) -> web.Response:
    answer = page(request, "api_docs.html", nouns=shown(), scopes=EXPLAINED)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@cache
def shown() -> tuple[tuple[str, tuple[Shown, ...]], ...]:
    """By noun, in the order of the declarations."""
    schemas = schemas_of(OPERATIONS)
    grouped = groupby(OPERATIONS, key=lambda each: each.noun)
    return tuple((noun, tuple(_shown(each, schemas) for each in some)) for noun, some in grouped)


def _shown(each: Operation, schemas: Mapping[str, Any]) -> Shown:
    codes: dict[int, tuple[str, ...]] = {}
    for status, code in sorted(codes_of(each)):
        codes[status] = (*codes.get(status, ()), code)
    example = example_of(each)
    return Shown(
        name=each.name,
        method=each.method,
        path=each.whole_path,
        summary=each.summary,
        about=each.about,
        scope=each.right.value,
        parameters=tuple(_parameters(each, schemas)),
        curl=curl_of(each),
        status=each.status,
        answer=_json(example) if example is not None else "",
        codes=codes,
    )


def _parameters(each: Operation, schemas: Mapping[str, Any]) -> list[Parameter]:
    found = [Parameter(name, "path", HOLES[name][0], needed=True) for name in each.holes]
    models = {"query": each.query, "body": each.body if isinstance(each.body, type) else None}
    for place, model in models.items():
        told = schemas[model.__name__] if model is not None else {}
        for name, schema in told.get("properties", {}).items():
            needed = name in told.get("required", ())
            found.append(Parameter(name, place, schema.get("description", ""), needed))
    return found


def curl_of(each: Operation) -> str:
    """As it is typed, with the example of the document."""
    path = each.whole_path
    for name in each.holes:
        path = path.replace(f"{{{name}}}", HOLES[name][1])
    lines = [f'curl -X {each.method} "$KARMAN{path}"', '-H "Authorization: Bearer $KEY"']
    if each.method == "POST":
        lines.append('-H "Idempotency-Key: $(uuidgen)"')
    if each.stands is not None:
        lines.append('-H "If-Match: $ETAG"')
    if isinstance(each.body, RawBody):
        lines += [
            f'-H "Content-Type: {each.body.media_types[0]}"',
            f"--data-binary @{_SAMPLES[each.body.media_types[0]]}",
        ]
    elif isinstance(each.body, FileBody):
        lines += [f'-H "Content-Type: {each.body.media_types[0]}"', "--data-binary @file.csv"]
    elif each.body is not None:
        told = _json(each.body_example).replace("'", "'\\''")
        lines += ['-H "Content-Type: application/json"', f"-d '{told}'"]
    return " \\\n  ".join(lines)


def _json(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
