"""What may be sent now, and to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.platform.database import rows
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
# of all: of one webhook
_DUE = """
SELECT d.id, d.message_id, d.kind, d.order_key, d.body, d.attempts, d.first_tried_at
FROM webhook_deliveries d
WHERE d.webhook_id = $1 AND d.state = 'waiting' AND d.available_at <= $2
    AND (d.order_key = '' OR NOT EXISTS (
        SELECT 1 FROM webhook_deliveries b
        WHERE b.webhook_id = $1 AND b.order_key = d.order_key AND b.order_key <> ''
            AND b.state = 'waiting' AND b.id < d.id))
ORDER BY d.available_at, d.id LIMIT $3
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
    found = await rows(_DUE, [webhook_id, now, most])
    return [Due(**{**row, "first_tried_at": _moment(row["first_tried_at"])}) for row in found]


def _moment(value: object) -> datetime | None:
    return None if value is None else moment(value)


async def sealed_secrets(webhook_id: int, now: datetime) -> list[bytes]:
    """The newest first, without those that have ended."""
    # of all: of one webhook
    found = await WebhookSecret.filter(webhook_id=webhook_id).order_by("-id")
    return [each.sealed for each in found if each.ends_at is None or each.ends_at > now]
