"""What is written down of deliveries: of as many as are on their way, in one statement
(backend/platform/together.py)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.messaging.gated_channels import Draft
from backend.platform.database import among, among_texts, loaded, rows
from backend.platform.records import given, records, stamp
from models.message import Delivery, DeliveryState, Message


@dataclass(frozen=True, slots=True)
class Drafted:
    draft: Draft
    channel: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A delivery as somebody has read it: whoever has read it before another attempt changes
    nothing."""

    id: int
    state: DeliveryState
    attempts: int


@dataclass(frozen=True, slots=True)
class Ended:
    held: Held
    state: DeliveryState
    reason: str
    provider_id: str
    cost_kopecks: int
    now: datetime


_DRAFT = (
    "once text", "customer_id bigint", "brand_id bigint", "card_id bigint", "purpose text",
    "kind text", "data jsonb", "at timestamptz",
)  # fmt: skip
# In one order, so that two processes never wait for one another.
_MESSAGES = """
INSERT INTO messages (once, customer_id, brand_id, card_id, purpose, kind, data, body, created_at)
SELECT a.once, a.customer_id, a.brand_id, a.card_id, a.purpose, a.kind, a.data, '', a.at
FROM {drafts} WHERE TRUE ORDER BY a.customer_id, a.once
ON CONFLICT (once) WHERE once IS NOT NULL DO NOTHING RETURNING *
"""
# of all: the current drafts
_MADE = "SELECT * FROM messages WHERE once {those}"
_WAY = ("message_id bigint", "channel text", "at timestamptz")
_DELIVERIES = """
INSERT INTO deliveries (message_id, channel, state, attempts, provider_id, reason, cost_kopecks,
    counted, created_at, changed_at)
SELECT a.message_id, a.channel, 'queued', 0, '', '', 0, FALSE, a.at, a.at
FROM {ways} WHERE TRUE ORDER BY a.message_id, a.channel
ON CONFLICT (message_id, channel) DO NOTHING RETURNING *
"""
# of all: the current messages
_ON_THEIR_WAY = "SELECT * FROM deliveries WHERE message_id {those}"


async def make(drafted: Sequence[Drafted]) -> list[tuple[Message, Delivery]]:
    """Those that were made before stay as they are, and as they were left. Who asks for the same
    as another gets it for themselves."""
    messages = await _messages(drafted)
    ways = [(messages[each.draft.once], str(each.channel), each.now) for each in drafted]
    deliveries = await _deliveries([(row["id"], channel, now) for row, channel, now in ways])
    return [
        (loaded(Message, row), loaded(Delivery, deliveries[row["id"], channel]))
        for row, channel, _ in ways
    ]


async def _messages(drafted: Sequence[Drafted]) -> Mapping[str, dict[str, Any]]:
    value = given([_draft(each) for each in drafted])
    made = await rows(_MESSAGES.format(drafts=records(_DRAFT)), [value])
    before = sorted({each.draft.once for each in drafted} - {row["once"] for row in made})
    if before:
        made += await rows(_MADE.format(those=among_texts(1)), [before])
    return {row["once"]: row for row in made}


def _draft(drafted: Drafted) -> Mapping[str, Any]:
    draft = drafted.draft
    return {
        "once": draft.once, "customer_id": draft.customer_id, "brand_id": draft.brand_id,
        "card_id": draft.card_id, "purpose": draft.purpose.value, "kind": draft.kind,
        "data": draft.stored(), "at": stamp(drafted.now),
    }  # fmt: skip


async def _deliveries(
    ways: Sequence[tuple[int, str, datetime]],
) -> Mapping[tuple[int, str], dict[str, Any]]:
    value = given([
        {"message_id": message_id, "channel": channel, "at": stamp(now)}
        for message_id, channel, now in ways
    ])  # fmt: skip
    made = await rows(_DELIVERIES.format(ways=records(_WAY)), [value])
    there = {(row["message_id"], row["channel"]) for row in made}
    before = {message_id for message_id, channel, _ in ways if (message_id, channel) not in there}
    if before:
        made += await rows(_ON_THEIR_WAY.format(those=among(1)), [sorted(before)])
    return {(row["message_id"], row["channel"]): row for row in made}


_HELD = ("id bigint", "was text", "attempts int", "at timestamptz")
# of all: the current deliveries
_BEGIN = """
UPDATE deliveries SET state = 'sending', attempts = deliveries.attempts + 1, changed_at = a.at
FROM {held} WHERE deliveries.id = a.id AND deliveries.id {ids} AND deliveries.state = 'queued'
    AND deliveries.attempts = a.attempts
RETURNING deliveries.id, deliveries.attempts
"""


async def begin(held: Sequence[tuple[Held, datetime]]) -> list[bool]:
    """Whether each is ours now. Of those who ask for one delivery at once the first has it."""
    value = given([{**_held(each), "at": stamp(now)} for each, now in held])
    statement = _BEGIN.format(held=records(_HELD), ids=among(2))
    found = await rows(statement, [value, sorted({each.id for each, _ in held})])
    begun = {(row["id"], row["attempts"] - 1): True for row in found}
    return [begun.pop((each.id, each.attempts), False) for each, _ in held]


def _held(held: Held) -> dict[str, Any]:
    return {"id": held.id, "was": held.state.value, "attempts": held.attempts}


_ENDED = (*_HELD, "state text", "reason text", "provider_id text", "cost_kopecks int")
# of all: the current deliveries
_SETTLE = """
UPDATE deliveries SET state = a.state, reason = a.reason, provider_id = a.provider_id,
    cost_kopecks = a.cost_kopecks, changed_at = a.at
FROM {ended} WHERE deliveries.id = a.id AND deliveries.id {ids} AND deliveries.state = a.was
    AND deliveries.attempts = a.attempts
"""


async def settle(ended: Sequence[Ended]) -> list[None]:
    value = given([_end(each) for each in ended])
    statement = _SETTLE.format(ended=records(_ENDED), ids=among(2))
    await rows(statement, [value, sorted({each.held.id for each in ended})])
    return [None] * len(ended)


def _end(ended: Ended) -> Mapping[str, Any]:
    return {
        **_held(ended.held), "state": ended.state.value, "reason": ended.reason,
        "provider_id": ended.provider_id, "cost_kopecks": ended.cost_kopecks,
        "at": stamp(ended.now),
    }  # fmt: skip
