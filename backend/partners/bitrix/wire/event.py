"""An event as it comes in a form."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """`name` in capital letters; `id` of what it is about, digits or empty; `ts` when it left."""

    name: str
    id: str
    ts: str
    token: str


def event_of(form: Mapping[str, str]) -> Event:
    """Whatever is missing is empty."""
    id_ = form.get("data[FIELDS][ID]", "").strip()
    good = id_.isascii() and id_.isdigit() and len(id_) <= 20
    return Event(
        form.get("event", "").strip().upper(),
        id_ if good else "",
        form.get("ts", ""),
        form.get("auth[application_token]", ""),
    )


def is_theirs(event: Event, token: str) -> bool:
    """Constant-time."""
    return bool(token) and hmac.compare_digest(event.token.encode(), token.encode())
