"""How a message stands, as partners are told; each new state of one goes to the partner's own
address, in the order in which it became so."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from backend.platform.database import among, rows
from backend.webhooks.plan import add, delivery
from models.message import DeliveryState
from models.partner_message import STATES, MessageState

# «Кошелёк» has the first four; its callers take whatever else for «not delivered».
TOLD: Mapping[MessageState, str] = {
    MessageState.NOT_REGISTERED: "MSISDN_NOT_REGISTERED",
    MessageState.ENQUEUED: "ENQUEUED",
    MessageState.DELIVERED: "DELIVERED",
    MessageState.OPENED: "OPENED",
    MessageState.NO_CONSENT: "NO_CONSENT",
    MessageState.QUIET_HOURS: "QUIET_HOURS",
    MessageState.FAILED: "FAILED",
    MessageState.UNKNOWN: "UNKNOWN",
}
# Why a delivery that was stopped was, as backend/messaging/deliver.py and quiet.py write it.
QUIET = "quiet hours"
_STOPPED = {"no consent": MessageState.NO_CONSENT, QUIET: MessageState.QUIET_HOURS}
_ENDED = {
    DeliveryState.DELIVERED.value: MessageState.DELIVERED,
    DeliveryState.FAILED.value: MessageState.FAILED,
    DeliveryState.IN_DOUBT.value: MessageState.UNKNOWN,
}
# of all: messages in hand; a login whose address is gone for good is told nothing
_WHERE = """
SELECT p.id, p.public_id, w.id AS webhook_id, b.public_id AS bulk FROM partner_messages p
JOIN facade_logins l ON l.id = p.login_id JOIN webhooks w ON w.id = l.webhook_id
LEFT JOIN partner_bulks b ON b.id = p.bulk_id
WHERE p.id {ids} AND p.told AND w.status <> 'ended'
"""


def ended_as(state: str, reason: str) -> MessageState:
    """Of a delivery that has ended."""
    if state == DeliveryState.STOPPED.value:
        return _STOPPED.get(reason, MessageState.NOT_REGISTERED)
    return _ENDED[state]


async def tell(now: datetime, reached: Iterable[tuple[int, MessageState]]) -> None:
    """Inside the transaction that wrote these states of these messages."""
    states = list(reached)
    ids = [row_id for row_id, _ in states]
    if not ids:
        return
    found = {row["id"]: row for row in await rows(_WHERE.format(ids=among(1)), [ids])}
    made = [_row(now, found[row_id], state) for row_id, state in states if row_id in found]
    await add(made)


def _row(now: datetime, where: dict[str, Any], state: MessageState) -> list[Any]:
    moment = now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    body = {"messageId": where["public_id"], "state": TOLD[state], "date": moment}
    if where["bulk"]:
        body["bulkId"] = where["bulk"]
    order = f"message:{where['public_id']}"
    return delivery(where["webhook_id"], now, STATES, orjson.dumps(body).decode(), order)
