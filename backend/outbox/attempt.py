"""One attempt at one delivery: begin, then exactly one of done, later or failed.

Beginning counts the attempt, and the count is a fence: whoever holds an older number (a
task that the queue delivered twice, a process that hung past its lease) changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from backend.platform.database import rows

ERROR_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Attempt:
    """`number` counts from 1."""

    delivery_id: int
    number: int
    reaction: str
    kind: str
    payload: dict[str, Any]


async def begin(now: datetime, delivery_id: int, attempts: int) -> Attempt | None:
    """None when there is nothing to do: done already, or another attempt has begun."""
    found = await rows(
        "UPDATE outbox_deliveries SET attempts = attempts + 1, dispatched_at = $1"
        " WHERE id = $2 AND attempts = $3 AND done_at IS NULL AND failed_at IS NULL"
        " RETURNING event_id, reaction",
        [now, delivery_id, attempts],
    )
    if not found:
        return None
    event = await rows(
        "SELECT kind, payload FROM outbox_events WHERE id = $1", [found[0]["event_id"]]
    )
    payload = event[0]["payload"]
    return Attempt(
        delivery_id,
        attempts + 1,
        found[0]["reaction"],
        event[0]["kind"],
        orjson.loads(payload) if isinstance(payload, str | bytes) else payload,
    )


async def done(now: datetime, attempt: Attempt) -> None:
    await rows(
        "UPDATE outbox_deliveries SET done_at = $1, error = '' WHERE id = $2 AND attempts = $3",
        [now, attempt.delivery_id, attempt.number],
    )


async def later(due: datetime, attempt: Attempt, error: str) -> None:
    await rows(
        "UPDATE outbox_deliveries SET available_at = $1, dispatched_at = NULL, error = $2"
        " WHERE id = $3 AND attempts = $4 AND done_at IS NULL",
        [due, error[:ERROR_LENGTH], attempt.delivery_id, attempt.number],
    )


async def failed(now: datetime, attempt: Attempt, error: str) -> None:
    await rows(
        "UPDATE outbox_deliveries SET failed_at = $1, error = $2"
        " WHERE id = $3 AND attempts = $4 AND done_at IS NULL",
        [now, error[:ERROR_LENGTH], attempt.delivery_id, attempt.number],
    )
