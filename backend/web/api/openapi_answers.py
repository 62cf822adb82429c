"""Every answer that an operation may give, as OpenAPI has it."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from backend.web.api.operation import Operation
from backend.web.api.trouble import STATUS, Trouble
from backend.web.problems import CONTENT_TYPE, status_of
from models.refusal import Code

_OF_ALL = (
    Trouble.REQUEST_UNREADABLE,
    Trouble.KEY_REQUIRED,
    Trouble.KEY_UNKNOWN,
    Trouble.RATE_LIMITED,
    Trouble.INPUT_INVALID,
    Trouble.TRY_LATER,
)
_OF_BODIES = (
    Trouble.BODY_TOO_LARGE,
    Trouble.BODY_TOO_SLOW,
    Trouble.BODY_DAMAGED,
    Trouble.MEDIA_TYPE_WRONG,
    Trouble.ENCODING_UNKNOWN,
)
_OF_JSON = (Trouble.BODY_NOT_JSON, Trouble.BODY_TOO_DEEP, Trouble.LIST_TOO_LONG)
_OF_POSTS = (Trouble.IDEMPOTENCY_KEY_REQUIRED, Trouble.IDEMPOTENCY_KEY_REUSED)
_OF_GUARDED = (Trouble.IF_MATCH_REQUIRED, Trouble.CHANGED_MEANWHILE)
_TEXT = {"schema": {"type": "string"}}

HEADERS: dict[str, Any] = {
    "X-Request-Id": {"description": "Name it when you ask about this request."} | _TEXT,
    "RateLimit": {"description": 'What is left of the burst: `"key";r=199;t=1`.'} | _TEXT,
    "RateLimit-Policy": {"description": 'The burst and its seconds: `"key";q=200;w=2`.'} | _TEXT,
    "ETag": {"description": "Names this state, for If-Match and If-None-Match."} | _TEXT,
    "Location": {"description": "The address of what was made."} | _TEXT,
    "Idempotency-Replayed": {"description": "true: answered before, and not done again."} | _TEXT,
    "Retry-After": {"description": "Seconds."} | _TEXT,
    "WWW-Authenticate": {"description": "How to ask: `Bearer`."} | _TEXT,
}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "What went wrong (RFC 9457). `type` and `code` are stable, `title` is in the "
    "language of Accept-Language (ru, en).",
    "required": ["type", "title", "status", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "code": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "details": {"type": "object"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "Every mistake of the input.",
            "items": {
                "type": "object",
                "required": ["message", "expected"],
                "properties": {
                    "pointer": {"type": "string", "description": "RFC 6901, into the body."},
                    "parameter": {"type": "string", "description": "Of the query."},
                    "file": {"type": "string", "description": "Of a pack: into which it leads."},
                    "line": {"type": "integer", "description": "Of that file, from 1."},
                    "message": {"type": "string"},
                    "expected": {"type": "string"},
                },
            },
        },
    },
}


def codes_of(each: Operation) -> Iterator[tuple[int, str]]:
    """Status and code of everything that may be refused."""
    parts = [*_OF_ALL]
    if each.body is not None:
        parts += _OF_BODIES
    if isinstance(each.body, type):
        parts += _OF_JSON
    if each.method == "POST":
        parts += _OF_POSTS
    if each.stands is not None:
        parts += _OF_GUARDED
    if each.paged:
        parts.append(Trouble.CURSOR_NOT_FOUND)
    yield from ((STATUS[trouble], trouble.value) for trouble in parts)
    for code in dict.fromkeys((Code.SCOPE_MISSING, Code.ACCOUNT_NOT_FOUND, *each.refusals)):
        yield status_of(code), code.value


def answers_of(each: Operation) -> dict[str, Any]:
    by_status: dict[int, list[str]] = {}
    for status, code in codes_of(each):
        by_status.setdefault(status, []).append(code)
    good = {str(each.status): _good(each)}
    if each.reads and each.etag:
        good["304"] = {"description": "As you know it by its ETag.", "headers": _refs("ETag")}
    bad = {str(status): _bad(status, codes) for status, codes in sorted(by_status.items())}
    return good | bad


def _good(each: Operation) -> dict[str, Any]:
    names = ["X-Request-Id", "RateLimit", "RateLimit-Policy"]
    names += ["ETag"] if each.etag else []
    names += ["Location", "Idempotency-Replayed"] if each.method == "POST" else []
    told: dict[str, Any] = {"description": HTTPStatus(each.status).phrase, "headers": _refs(*names)}
    if each.files:
        text = {"schema": {"type": "string"}}
        told["content"] = dict.fromkeys(each.files, text)
    if each.answer is not None:
        content = {"schema": _schema(each), "example": example_of(each)}
        told["content"] = {"application/json": content}
    return told


def _schema(each: Operation) -> dict[str, Any]:
    assert each.answer is not None
    one = {"$ref": f"#/components/schemas/{each.answer.__name__}"}
    if not each.paged:
        return one
    cursor = {"type": "string", "description": "Of the next page; left out on the last."}
    items = {"type": "array", "items": one}
    return {
        "type": "object",
        "required": ["items"],
        "properties": {"items": items, "next": cursor},
    }


def example_of(each: Operation) -> Any:
    return {"items": [each.example]} if each.paged else each.example


def _bad(status: int, codes: list[str]) -> dict[str, Any]:
    named = ["X-Request-Id"]
    named += ["WWW-Authenticate"] if status == 401 else []
    named += ["Retry-After"] if status in {429, 503} else []
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {
        "description": ", ".join(f"`{code}`" for code in codes),
        "headers": _refs(*named),
        "content": {CONTENT_TYPE: problem},
    }


def _refs(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
