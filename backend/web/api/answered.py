"""From what an operation has answered to what is sent."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from backend.access.answer_once import Given
from backend.web.api.asked import Asked
from backend.web.api.cursor import binding, sealed_cursor
from backend.web.api.operation import Answer, Operation
from backend.web.api.queries import Query
from backend.web.api.reply import JSON, etag_of


def answered(operation: Operation, asked: Asked, answer: Answer) -> Given:
    if answer.file is not None:
        kind, pieces = answer.file
        return Given(operation.status, {"Content-Type": kind}, b"", pieces=pieces)
    if answer.value is None:
        return Given(operation.status, {}, b"")
    headers = {"Content-Type": JSON}
    if operation.etag:
        headers["ETag"] = etag_of(answer.value)
    if answer.location:
        headers["Location"] = answer.location
    return Given(operation.status, headers, orjson.dumps(_shown(operation, asked, answer.value)))


def _shown(operation: Operation, asked: Asked, value: Mapping[str, Any]) -> Mapping[str, Any]:
    only = _only(asked)
    if not operation.paged:
        return only(value)
    shown: dict[str, Any] = {"items": [only(each) for each in value["items"]]}
    if (after := value.get("next")) is not None:
        bound = binding(operation.path, asked.path, asked.holder, asked.query)
        shown["next"] = sealed_cursor(asked.ctx.vault, bound, after)
    return shown


def _only(asked: Asked) -> Callable[[Mapping[str, Any]], Mapping[str, Any]]:
    named = asked.asks(Query).fields
    if named is None:
        return lambda value: value
    wanted = set(named.split(","))
    return lambda value: {name: each for name, each in value.items() if name in wanted}
