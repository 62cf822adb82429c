"""The log of deliveries: what was sent, what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.webhook import Webhook, WebhookAttempt, WebhookDelivery


@dataclass(frozen=True, slots=True)
class Logged:
    delivery: WebhookDelivery
    attempts: Sequence[WebhookAttempt]


async def log_of_deliveries(webhook: Webhook, state: str | None, limit: int) -> list[Logged]:
    """The newest messages first, each with its attempts in order."""
    # of all: of one webhook
    asked = WebhookDelivery.filter(webhook_id=webhook.id)
    found = await (asked.filter(state=state) if state else asked).order_by("-id").limit(limit)
    # of all: of the messages that were found
    tries = await WebhookAttempt.filter(delivery_id__in=[d.id for d in found] or [0]).order_by("id")
    return [Logged(each, [t for t in tries if t.delivery_id == each.id]) for each in found]
