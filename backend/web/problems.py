"""Refusals and HTTP errors as problem documents (RFC 9457). The one place where a refusal
gets an HTTP status."""

from http import HTTPStatus

import orjson
from aiohttp import web

from backend.web.keys import REQUEST_ID
from models.refusal import Code, Refusal

CONTENT_TYPE = "application/problem+json"

_STATUS = {
    Code.OFFER_NOT_FOUND: 404,
    Code.CARD_NOT_FOUND: 404,
    Code.OFFER_ENDED: 410,
    Code.CARD_EXISTS: 409,
    Code.POOL_EMPTY: 409,
    Code.PROGRAM_PAUSED: 409,
    Code.ISSUING_PAUSED: 409,
    Code.DOCUMENT_CHANGED: 409,
    Code.APPLICATION_CLOSED: 409,
    Code.NUMBER_TAKEN: 409,
    Code.CONTACT_TAKEN: 409,
    Code.CONSENT_REQUIRED: 403,
    Code.CONTACT_NOT_OWN: 403,
    Code.TOO_YOUNG: 403,
    Code.TOO_MANY_TRIES: 429,
    Code.CODE_TOO_SOON: 429,
    Code.TOO_MANY_CODES: 429,
    Code.READER_BUSY: 429,
    Code.NO_ROOM_FOR_PICTURES: 409,
    Code.NO_ROOM_FOR_CARDS: 409,
    Code.CODE_SPENT: 410,
    Code.CODE_EXPIRED: 410,
    Code.PROOF_EXPIRED: 410,
}


def status_of(code: Code) -> int:
    """422 for what is wrong with the input, unless the table says otherwise."""
    return _STATUS.get(code, 422)


def refusal_problem(request: web.Request, refusal: Refusal) -> web.Response:
    """`type` is stable: partners compare it."""
    return _problem(
        request,
        status_of(refusal.code),
        {"type": f"urn:karman:refusal:{refusal.code.value}", "code": refusal.code.value}
        | {"details": refusal.details},
    )


def http_problem(request: web.Request, status: int) -> web.Response:
    return _problem(request, status, {"type": "about:blank"})


def _problem(request: web.Request, status: int, members: dict[str, object]) -> web.Response:
    body = members | {
        "title": HTTPStatus(status).phrase,
        "status": status,
        "request_id": request.get(REQUEST_ID, ""),
    }
    return web.Response(body=orjson.dumps(body), status=status, content_type=CONTENT_TYPE)
