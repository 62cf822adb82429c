"""An update as it came: plain JSON, before aiogram looks at it."""

import json
import math
from typing import Any

import orjson

Raw = dict[str, Any]

# Inline queries have a lane of their own beside the person's chat: a search while typing
# must not wait for a card that is being issued. Telegram's ids end below 2^52.
INLINE_LANES = 1 << 60

_INT64 = 1 << 63
_DEEPEST = 64


class Malformed(ValueError):
    """Not an update, or one that no database could hold; the text says what is wrong."""


def parse(body: bytes) -> Raw:
    """The update in the body of a webhook call. Raises Malformed."""
    try:
        update = orjson.loads(body)
    except orjson.JSONDecodeError as wrong:
        raise Malformed("expected JSON") from wrong
    return checked(update)


def checked(update: Any) -> Raw:
    """Raises Malformed unless it is an object with an update_id."""
    if not isinstance(update, dict):
        raise Malformed("expected an object")
    number = update.get("update_id")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < _INT64:
        raise Malformed("expected update_id")
    return update


def encode(update: Raw) -> bytes:
    """ASCII JSON: it carries whatever the wire brought, half surrogate pairs included."""
    return json.dumps(update, separators=(",", ":")).encode()


def decode(payload: bytes) -> Raw:
    """The update, in values that PostgreSQL and SQLite can hold. Raises Malformed."""
    update: Raw = _storable(json.loads(payload), 0)
    return update


def lane_of(update: Raw) -> int:
    """The chat, or the person when there is no chat: one lane is handled in order."""
    kind, event = _event(update)
    if kind == "inline_query":
        return INLINE_LANES + (_id(event.get("from")) % INLINE_LANES)
    message = event.get("message")
    chat = event.get("chat") or (message.get("chat") if isinstance(message, dict) else None)
    return _id(chat) or _id(event.get("from")) or _id(event.get("user"))


def _event(update: Raw) -> tuple[str, Raw]:
    for name, value in update.items():
        if isinstance(value, dict):
            return name, value
    return "", {}


def kind_of(update: Raw) -> str:
    """`message`, `callback_query`, …; empty when there is nothing in it."""
    return _event(update)[0]


def _id(holder: Any) -> int:
    number = holder.get("id") if isinstance(holder, dict) else None
    if not isinstance(number, int) or isinstance(number, bool):
        return 0
    return number if -_INT64 <= number < _INT64 else 0


def _storable(value: Any, depth: int) -> Any:
    """Without what a text column refuses (NUL, half surrogate pairs)."""
    if depth > _DEEPEST:
        raise Malformed("nested too deeply")
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_storable(k, depth): _storable(v, depth + 1) for k, v in value.items()}
    if isinstance(value, list):
        return [_storable(item, depth + 1) for item in value]
    if isinstance(value, int) and not -_INT64 <= value < _INT64:
        raise Malformed("a number beyond 64 bits")
    if isinstance(value, float) and not math.isfinite(value):
        raise Malformed("not a finite number")
    return value
