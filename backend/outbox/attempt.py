"""Attempts at deliveries: begin, then exactly one of done, later or failed for each.

Beginning counts the attempt, and the count is a fence: whoever holds an older number (a
task that the queue delivered twice, a process that hung past its lease) changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from backend.events.every import from_payload
from backend.outbox.claim import Claimed
from backend.outbox.happened import Happened
from backend.platform.database import among, is_postgres, rows
from backend.platform.dialect import moment
from backend.platform.records import given, records

ERROR_LENGTH = 300
_PAIRS = ("id bigint", "attempts int")
_TRIPLES = (*_PAIRS, "event_id bigint")
# Rows in one order, so that two of these never wait for one another. The ids by themselves once
# more: however few rows PostgreSQL has counted, it finds them by their key.
_BEGIN = """
UPDATE outbox_deliveries SET attempts = attempts + 1, dispatched_at = $2
WHERE id IN (SELECT d.id FROM {pairs} JOIN outbox_deliveries d ON d.id = a.id
    WHERE d.id {ids} AND d.attempts = a.attempts AND d.done_at IS NULL AND d.failed_at IS NULL
    ORDER BY d.id {lock})
RETURNING id, event_id, reaction, attempts, attempts_before, order_key
"""
_EVENTS = "SELECT id, uid, at, kind, payload FROM outbox_events WHERE id {ids}"
_DONE = """
UPDATE outbox_deliveries SET done_at = $2, error = '' FROM {triples}
WHERE outbox_deliveries.id = a.id AND outbox_deliveries.id {ids}
    AND outbox_deliveries.attempts = a.attempts AND outbox_deliveries.event_id = a.event_id
    AND done_at IS NULL AND failed_at IS NULL
RETURNING outbox_deliveries.id
"""
# The row of a coalesced key was told of a newer event while this attempt ran.
_AGAIN = """
UPDATE outbox_deliveries SET available_at = $2, dispatched_at = NULL, error = '',
    attempts_before = outbox_deliveries.attempts, alone = FALSE FROM {pairs}
WHERE outbox_deliveries.id = a.id AND outbox_deliveries.id {ids}
    AND outbox_deliveries.attempts = a.attempts AND done_at IS NULL AND failed_at IS NULL
"""
_LATER = """
UPDATE outbox_deliveries SET available_at = $1, dispatched_at = NULL, error = $2, alone = $3
WHERE id = $4 AND attempts = $5 AND done_at IS NULL AND failed_at IS NULL
RETURNING id
"""
# So that a claim does not look at them each time: none may run before the one that waits.
_HOLD_BACK = """
UPDATE outbox_deliveries SET available_at = $1
WHERE reaction = $2 AND order_key = $3 AND order_key <> '' AND done_at IS NULL
    AND failed_at IS NULL AND dispatched_at IS NULL AND available_at < $1
"""
# A key that was given up is free for the next event.
_FAILED = """
UPDATE outbox_deliveries SET failed_at = $1, error = $2, coalesce_key = ''
WHERE id = $3 AND attempts = $4 AND done_at IS NULL AND failed_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Attempt:
    """`fence` counts every attempt there ever was; `number` those since an operator's retry or
    since the run before of a coalesced key, from 1."""

    delivery_id: int
    fence: int
    number: int
    reaction: str
    order_key: str
    event_id: int
    uid: UUID
    at: datetime
    kind: str
    payload: dict[str, Any]

    def happened(self) -> Happened[Any]:
        """Raises what a payload raises that this version cannot read."""
        event = from_payload(self.kind, self.payload)
        return Happened(event, self.uid, self.at, self.number, self.delivery_id)


async def begin(now: datetime, claimed: Sequence[Claimed]) -> list[Attempt]:
    """Without those that are done already, or that another attempt has begun."""
    if not claimed:
        return []
    lock = "FOR UPDATE OF d" if is_postgres() else ""
    ids = sorted({each.id for each in claimed})
    pairs = given([{"id": each.id, "attempts": each.attempts} for each in claimed])
    statement = _BEGIN.format(pairs=records(_PAIRS), ids=among(3), lock=lock)
    found = await rows(statement, [pairs, now, ids])
    events = await _events(sorted({row["event_id"] for row in found}))
    return sorted((_attempt(row, events[row["event_id"]]) for row in found), key=in_order)


async def _events(ids: list[int]) -> dict[int, dict[str, Any]]:
    if not ids:
        return {}
    return {row["id"]: row for row in await rows(_EVENTS.format(ids=among(1)), [ids])}


def in_order(attempt: Attempt) -> tuple[int, int]:
    """As the events were announced."""
    return attempt.event_id, attempt.delivery_id


def _attempt(row: dict[str, Any], event: dict[str, Any]) -> Attempt:
    payload = event["payload"]
    return Attempt(
        delivery_id=row["id"],
        fence=row["attempts"],
        number=row["attempts"] - row["attempts_before"],
        reaction=row["reaction"],
        order_key=row["order_key"],
        event_id=row["event_id"],
        uid=UUID(str(event["uid"])),
        at=moment(event["at"]),
        kind=event["kind"],
        payload=orjson.loads(payload) if isinstance(payload, str | bytes) else payload,
    )


async def done(now: datetime, attempts: Sequence[Attempt]) -> set[int]:
    """Ids of the deliveries that are over. A coalesced key of which something happened since it
    began is not: it has to run once more."""
    if not attempts:
        return set()
    ended = await rows(
        _DONE.format(triples=records(_TRIPLES), ids=among(3)),
        [_held(attempts), now, _ids(attempts)],
    )
    gone = {row["id"] for row in ended}
    left = [each for each in attempts if each.delivery_id not in gone]
    if left:
        statement = _AGAIN.format(pairs=records(_PAIRS), ids=among(3))
        await rows(statement, [_held(left), now, _ids(left)])
    return gone


def _ids(attempts: Sequence[Attempt]) -> list[int]:
    return sorted({each.delivery_id for each in attempts})


def _held(attempts: Sequence[Attempt]) -> str:
    return given([
        {"id": each.delivery_id, "attempts": each.fence, "event_id": each.event_id}
        for each in attempts
    ])  # fmt: skip


async def later(due: datetime, attempt: Attempt, error: str, *, alone: bool = False) -> None:
    """`alone`: by itself next time, not in a batch. What is ordered behind it waits as long."""
    values = [due, error[:ERROR_LENGTH], alone, attempt.delivery_id, attempt.fence]
    if await rows(_LATER, values) and attempt.order_key:
        await rows(_HOLD_BACK, [due, attempt.reaction, attempt.order_key])


async def failed(now: datetime, attempt: Attempt, error: str) -> None:
    await rows(_FAILED, [now, error[:ERROR_LENGTH], attempt.delivery_id, attempt.fence])
