"""What may be sent now, and to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.platform.database import among, rows
from backend.platform.dialect import moment
from models.webhook import Webhook, WebhookSecret, WebhookStatus

# of all: every webhook that has something due
_READY = """
SELECT w.id FROM webhooks w
WHERE w.status = 'active' AND (w.rests_until IS NULL OR w.rests_until <= $1)
    AND EXISTS (SELECT 1 FROM webhook_deliveries d
        WHERE d.webhook_id = w.id AND d.state = 'waiting' AND d.available_at <= $1)
ORDER BY w.id
"""
# Of what is due the first are looked at.
LOOKED_AT = 200
# What stands behind another of its order key, where there is much of it: whatever ends before it
# lets it go at once (settle.py), and it comes up by itself should that be missed.
PUT_OFF = timedelta(hours=1)
# of all: of one webhook
_FIRST = f"""
(SELECT * FROM webhook_deliveries WHERE webhook_id = $1 AND state = 'waiting' AND available_at <= $2
    ORDER BY available_at, id LIMIT {LOOKED_AT})
"""  # noqa: S608  put together from constants
# of all: of the same webhook
_BEFORE = """
EXISTS (SELECT 1 FROM webhook_deliveries b
    WHERE b.webhook_id = $1 AND b.order_key = d.order_key AND b.order_key <> ''
        AND b.state = 'waiting' AND b.id < d.id)
"""
# of all: of one webhook
_DUE = f"""
SELECT d.id, d.message_id, d.kind, d.order_key, d.body, d.attempts, d.first_tried_at
FROM {_FIRST} d WHERE d.order_key = '' OR NOT {_BEFORE}
ORDER BY d.available_at, d.id LIMIT $3
"""  # noqa: S608
# of all: of one webhook. None while all that is due is looked at anyway.
_BEHIND = f"""
SELECT d.id FROM {_FIRST} d
WHERE d.order_key <> '' AND {_BEFORE} AND (SELECT count(*) FROM {_FIRST} f) = {LOOKED_AT}
"""  # noqa: S608
# of all: the messages that were found behind others
_LATER = """
UPDATE webhook_deliveries SET available_at = $1 WHERE id {among} AND state = 'waiting'
"""


@dataclass(frozen=True, slots=True)
class Due:
    """One message that waits; of its order key it is the oldest."""

    id: int
    message_id: str
    kind: str
    order_key: str
    body: str
    attempts: int
    first_tried_at: datetime | None


async def ready(now: datetime) -> list[int]:
    """Webhooks to whom something may go now."""
    return [row["id"] for row in await rows(_READY, [now])]


async def may_take(webhook_id: int, now: datetime) -> Webhook | None:
    """None when it was paused meanwhile, or rests."""
    # of all: one webhook
    found = await Webhook.get_or_none(id=webhook_id, status=WebhookStatus.ACTIVE.value)
    resting = found is not None and found.rests_until is not None and found.rests_until > now
    return None if resting else found


async def due(webhook_id: int, now: datetime, most: int) -> Sequence[Due]:
    """However many wait for another of their order key, they are looked at once and put off."""
    found = await rows(_DUE, [webhook_id, now, most])
    while len(found) < most and (behind := await rows(_BEHIND, [webhook_id, now])):
        await rows(_LATER.format(among=among(2)), [now + PUT_OFF, [row["id"] for row in behind]])
        found = await rows(_DUE, [webhook_id, now, most])
    return [Due(**{**row, "first_tried_at": _moment(row["first_tried_at"])}) for row in found]


def _moment(value: object) -> datetime | None:
    return None if value is None else moment(value)


async def sealed_secrets(webhook_id: int, now: datetime) -> list[bytes]:
    """The newest first, without those that have ended."""
    # of all: of one webhook
    found = await WebhookSecret.filter(webhook_id=webhook_id).order_by("-id")
    return [each.sealed for each in found if each.ends_at is None or each.ends_at > now]
