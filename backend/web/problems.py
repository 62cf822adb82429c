"""Refusals and HTTP errors as problem documents (RFC 9457). The one place where a refusal
gets an HTTP status."""

from collections.abc import Mapping
from http import HTTPStatus

import orjson
from aiohttp import web

from backend.web.keys import REQUEST_ID
from models.refusal import Code, Refusal

CONTENT_TYPE = "application/problem+json"

_STATUS: Mapping[Code, int] = {
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
    Code.IDENTITY_TAKEN: 409,
    Code.CONSENT_REQUIRED: 403,
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
    Code.ANSWERS_MISSING: 422,
    Code.INVALID_ANSWER: 422,
    Code.INVALID_NUMBER: 422,
    Code.NUMBER_UNKNOWN: 422,
    Code.WRONG_CODE: 422,
    Code.NUMBER_BOUND: 409,
    Code.FINDING_GONE: 410,
    Code.SHARING_FORBIDDEN: 403,
    Code.SHARE_NOT_OWN: 403,
    Code.SHARE_NOT_FOUND: 404,
    Code.TOO_MANY_SHARES: 409,
    Code.SHARE_OWN: 409,
    Code.SHARE_FOR_GROUP: 409,
    Code.SHARE_FOR_PERSON: 409,
    Code.SHARE_SPENT: 410,
    Code.SHARE_EXPIRED: 410,
    Code.SHARE_ENDED: 410,
    Code.ACCOUNT_NOT_FOUND: 404,
    Code.PROGRAM_NOT_FOUND: 404,
    Code.BRAND_NOT_FOUND: 404,
    Code.PICTURE_NOT_FOUND: 422,
    Code.PICTURE_UNFIT: 422,
    Code.DESIGN_NOT_FOUND: 404,
    Code.DESIGN_UNFIT: 422,
    Code.KEY_INVALID: 422,
    Code.KEY_TAKEN: 409,
    Code.DOCUMENT_FIXED: 409,
    Code.EXAMPLE_IS_REAL: 422,
    Code.STORE_NOT_FOUND: 404,
    Code.CUSTOMER_NOT_FOUND: 404,
    Code.DOCUMENT_NOT_FOUND: 404,
    Code.APPROVAL_REQUIRED: 403,
    Code.OFFER_UNPUBLISHED: 409,
    Code.NOTHING_WAITS: 409,
    Code.OFFER_CHANGED: 409,
    Code.API_KEY_NOT_FOUND: 404,
    Code.API_KEY_ENDED: 409,
    Code.SCOPE_MISSING: 403,
    Code.WEBHOOK_NOT_FOUND: 404,
    Code.WEBHOOK_ENDED: 409,
    Code.WEBHOOK_URL_REFUSED: 422,
    Code.CONNECTION_NOT_FOUND: 404,
    Code.READER_NOT_FOUND: 404,
    Code.INVITATION_ENDED: 410,
    Code.TEMPLATE_NOT_FOUND: 404,
    Code.TOO_MANY_TEMPLATES: 409,
    Code.SEGMENT_NOT_FOUND: 404,
    Code.TOO_MANY_SEGMENTS: 409,
    Code.LIST_NOT_FOUND: 404,
    Code.LIST_IN_USE: 409,
    Code.TOO_MANY_LISTS: 409,
    Code.TOO_MANY_ATTRIBUTES: 409,
    Code.TOO_MANY_CONNECTIONS: 409,
    Code.TOO_MANY_WEBHOOKS: 409,
    Code.DELIVERY_NOT_FOUND: 404,
    Code.PACK_UNFIT: 422,
    Code.PACK_TOO_LARGE: 409,
    Code.CURSOR_EXPIRED: 410,
    Code.RESERVATION_NOT_FOUND: 404,
    Code.RESERVATION_ENDED: 409,
    Code.JOB_NOT_FOUND: 404,
    Code.JOB_ENDED: 409,
    Code.JOB_FILE_UNFIT: 422,
    Code.TOO_MANY_JOBS: 409,
    Code.ASSIGNMENT_NOT_FOUND: 404,
    Code.ASSIGNMENT_NOT_YOURS: 403,
    Code.ASSIGNMENT_OTHER_CARD: 409,
    Code.ASSIGNMENT_CLAIMED: 409,
    Code.ASSIGNMENT_DIFFERS: 409,
    Code.CAMPAIGN_NOT_FOUND: 404,
    Code.CAMPAIGN_STATE: 409,
    Code.CAMPAIGN_OWN: 403,
    Code.CAMPAIGN_OVER: 409,
    Code.CAMPAIGN_UNAPPROVED: 403,
    Code.NOT_ENOUGH_POINTS: 409,
    Code.CARD_BLOCKED: 409,
    Code.CARD_AWAITED: 409,
    Code.PROMO_REFUSED: 422,
    Code.BALANCE_KEPT: 409,
    Code.POSTING_NOT_FOUND: 404,
    Code.POSTING_CLOSED: 409,
    Code.TRIGGER_NOT_FOUND: 404,
    Code.TOO_MANY_TRIGGERS: 409,
    Code.TOO_MANY_PRODUCTS: 409,
    Code.PRODUCT_NOT_FOUND: 404,
    Code.WATCH_NOT_FOUND: 404,
    Code.TOO_MANY_WATCHES: 409,
    Code.TOO_MANY_WORDINGS: 409,
    Code.POSTING_DIFFERS: 409,
    Code.TRY_LATER: 503,
}


def status_of(code: Code) -> int:
    return _STATUS[code]


def retry_after(refusal: Refusal) -> dict[str, str]:
    """The header that says when the same may be asked again, if the refusal does."""
    seconds = refusal.details.get("seconds", 0)
    minutes = refusal.details.get("minutes", 0)
    wait = int(seconds) + 60 * int(minutes)
    return {"Retry-After": str(wait)} if wait else {}


def refusal_problem(request: web.Request, refusal: Refusal) -> web.Response:
    """`type` is stable: partners compare it. `about` is not told: it is an id of ours."""
    problem = _problem(
        request,
        status_of(refusal.code),
        {"type": f"urn:karman:refusal:{refusal.code.value}", "code": refusal.code.value}
        | {"details": refusal.details},
    )
    problem.headers.extend(retry_after(refusal))
    return problem


def http_problem(request: web.Request, status: int) -> web.Response:
    return _problem(request, status, {"type": "about:blank"})


def _problem(request: web.Request, status: int, members: dict[str, object]) -> web.Response:
    body = members | {
        "title": HTTPStatus(status).phrase,
        "status": status,
        "request_id": request.get(REQUEST_ID, ""),
    }
    return web.Response(body=orjson.dumps(body), status=status, content_type=CONTENT_TYPE)
