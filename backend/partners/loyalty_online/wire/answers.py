"""From bytes to what was answered, or to why nothing was."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Any

from aiohttp import ClientResponse

from .errors import Busy, Declined, Failing, LoyaltyOnlineError, Malformed, NotAuthorised, NotServed

LARGEST = 256 * 1024
_LONGEST_CODE = 64
_LONGEST_WAIT = timedelta(days=1)


async def answer_of(response: ClientResponse, method: str) -> Any:
    """The JSON of a success; None where it has no body. Raises LoyaltyOnlineError."""
    if response.status == 200:
        return _json(response.content_type, await _body(response))
    if response.status == 422:
        raise _declined(await _body(response))
    raise _error(response, method)


def their_time(response: ClientResponse) -> datetime | None:
    """By the header `Date`."""
    return _date(response.headers.get("Date", ""))


async def _body(response: ClientResponse) -> bytes:
    found = bytearray()
    async for piece in response.content.iter_chunked(16 * 1024):
        found += piece
        if len(found) > LARGEST:
            raise Malformed(f"its answer is larger than {LARGEST} bytes")
    return bytes(found)


def _json(content_type: str, body: bytes) -> Any:
    if not body:
        return None
    if content_type != "application/json":
        raise Malformed("its content type is not application/json")
    try:
        return json.loads(body.decode("utf-8"), parse_float=Decimal, parse_constant=_refused)
    except (ValueError, RecursionError):
        raise Malformed("its answer is no JSON in UTF-8") from None


def _refused(_constant: str) -> Any:
    raise ValueError("NaN and Infinity are no JSON")


def _declined(body: bytes) -> LoyaltyOnlineError:
    try:
        said = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        return Malformed("it answers 422 without a code")
    code = said.get("code") if isinstance(said, dict) else None
    if isinstance(code, bool) or not isinstance(code, str | int) or code == "":
        return Malformed("it answers 422 without a code")
    shown = "".join(char for char in str(code)[:_LONGEST_CODE] if char.isprintable())
    return Declined(shown, str(said.get("description", ""))[:1000])


def _error(response: ClientResponse, method: str) -> LoyaltyOnlineError:
    status = response.status
    if status in {401, 403}:
        return NotAuthorised(status)
    if status == 429:
        return Busy(_after(response))
    if status >= 500:
        return Failing(status, _after(response))
    if 200 < status < 300:
        return Malformed(f"it answers {status} instead of 200")
    return NotServed(status, method)


def _after(response: ClientResponse) -> timedelta | None:
    """Seconds or a date; never longer than a day."""
    said = response.headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return min(timedelta(seconds=int(said[:9])), _LONGEST_WAIT)
    until, now = _date(said), their_time(response) or datetime.now(UTC)
    if until is None or until <= now:
        return None
    return min(until - now, _LONGEST_WAIT)


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
