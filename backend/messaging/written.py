"""What is written down of deliveries: of as many as are on their way, in one statement
(backend/platform/together.py)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.messaging.gated_channels import Draft
from backend.platform.database import among, columns, part, rows
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
    "kind text", "data jsonb", "channel text", "at timestamptz",
)  # fmt: skip
# In one order, so that two processes never wait for one another.
_MESSAGES = """
INSERT INTO messages (once, customer_id, brand_id, card_id, purpose, kind, data, body, created_at)
SELECT a.once, a.customer_id, a.brand_id, a.card_id, a.purpose, a.kind, a.data, '', a.at
FROM {drafts} WHERE TRUE ORDER BY a.customer_id, a.once
ON CONFLICT (once) WHERE once IS NOT NULL DO NOTHING
"""
# of all: the current drafts
_DELIVERIES = """
INSERT INTO deliveries (message_id, channel, state, attempts, provider_id, reason, cost_kopecks,
    counted, created_at, changed_at)
SELECT m.id, a.channel, 'queued', 0, '', '', 0, FALSE, a.at, a.at
FROM {drafts} JOIN messages m ON m.once = a.once WHERE TRUE ORDER BY m.id, a.channel
ON CONFLICT (message_id, channel) DO NOTHING
"""
# of all: the current drafts
_MADE = """
SELECT {message}, {delivery} FROM {drafts} JOIN messages m ON m.once = a.once
JOIN deliveries d ON d.message_id = m.id AND d.channel = a.channel
"""


async def make(drafted: Sequence[Drafted]) -> list[tuple[Message, Delivery]]:
    """Those that were made before stay as they are, and as they were left."""
    drafts, value = records(_DRAFT), [given([_draft(each) for each in drafted])]
    await rows(_MESSAGES.format(drafts=drafts), value)
    await rows(_DELIVERIES.format(drafts=drafts), value)
    names = {"message": columns(Message, "m"), "delivery": columns(Delivery, "d")}
    found = await rows(_MADE.format(drafts=drafts, **names), value)
    made = {(row["m__once"], row["d__channel"]): row for row in found}
    return [_read(made[each.draft.once, str(each.channel)]) for each in drafted]


def _draft(drafted: Drafted) -> Mapping[str, Any]:
    draft = drafted.draft
    return {
        "once": draft.once, "customer_id": draft.customer_id, "brand_id": draft.brand_id,
        "card_id": draft.card_id, "purpose": draft.purpose.value, "kind": draft.kind,
        "data": draft.stored(), "channel": str(drafted.channel), "at": stamp(drafted.now),
    }  # fmt: skip


def _read(row: dict[str, Any]) -> tuple[Message, Delivery]:
    message, delivery = part(Message, "m", row), part(Delivery, "d", row)
    if message is None or delivery is None:
        raise LookupError("a message without its delivery")
    return message, delivery


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
