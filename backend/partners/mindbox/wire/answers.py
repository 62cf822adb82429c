"""An HTTP answer, read: a success, or the error that it is."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from backend.partners.mindbox.wire.errors import (
    Complaint,
    Forbidden,
    NotAuthorised,
    ProtocolFault,
    RateLimited,
    Unavailable,
    Unreadable,
    ValidationFailed,
    WrongAddress,
)
from backend.partners.mindbox.wire.models import Answer
from backend.partners.mindbox.wire.statuses import Status

REPEATABLE = frozenset({500, 502, 503, 504})
_REFUSED: Mapping[int, type[ProtocolFault]] = {401: NotAuthorised, 403: Forbidden}
_OF_A_DAY = re.compile(r"\b(?:день|дня|дней|сутки|суток|day|daily)\b", re.IGNORECASE)


def read_answer(status: int, body: bytes, retry_after: str = "") -> Answer:
    """Raises what it is, when it is not a success."""
    if status == 200:
        return _read_success(body)
    told = _object(body)
    if status == 404 and not told.get("status"):
        raise WrongAddress(404)
    if status == 429:
        daily = bool(_OF_A_DAY.search(str(told.get("errorMessage", ""))))
        raise RateLimited(_seconds(retry_after), daily=daily)
    if status >= 500:
        raise Unavailable(f"answered {status}", status, repeatable=status in REPEATABLE)
    raise _fault(status, told)


def _read_success(body: bytes) -> Answer:
    told = _object(body)
    if not told:
        raise Unreadable("answered 200 without a JSON object", 200)
    match told.get("status"):
        case Status.SUCCESS | Status.ALREADY_PROCESSED:
            return _answer(told)
        case Status.VALIDATION_ERROR:
            raise ValidationFailed(_complaints(told.get("validationMessages")))
        case Status.PROTOCOL_ERROR:
            raise _fault(_code(told, 400), told)
        case Status.INTERNAL_ERROR:
            raise Unavailable("answered InternalServerError", 500)
        case None:
            raise Unreadable("answered 200 without a status", 200)
        case _:
            raise _fault(200, told)


def _answer(told: dict[str, Any]) -> Answer:
    try:
        return Answer.model_validate(told)
    except ValidationError:
        raise Unreadable("answered 200 with something that no version of the API says") from None


def _fault(status: int, told: Mapping[str, Any]) -> ProtocolFault:
    kind = _REFUSED.get(status, ProtocolFault)
    return kind(status, str(told.get("errorMessage", "")), str(told.get("errorId") or ""))


def _code(told: Mapping[str, Any], otherwise: int) -> int:
    """`httpStatusCode` comes as a number or as its text."""
    text = str(told.get("httpStatusCode", ""))
    return int(text) if text.isdecimal() and len(text) == 3 else otherwise


def _complaints(messages: Any) -> tuple[Complaint, ...]:
    """A list, or one object that holds the list, as XML would have it."""
    if isinstance(messages, dict):
        messages = messages.get("validationMessage", [messages])
    several = messages if isinstance(messages, list) else [messages]
    return tuple(
        Complaint(str(each.get("message") or ""), str(each.get("location") or ""))
        for each in several
        if isinstance(each, dict)
    )


def _object(body: bytes) -> dict[str, Any]:
    """Amounts stay as they were written: no number goes through a float."""
    try:
        told = json.loads(body, parse_float=Decimal)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _seconds(retry_after: str) -> float:
    text = retry_after.strip()
    return float(text) if text.isdecimal() and len(text) < 7 else 0.0
