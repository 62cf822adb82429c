"""The log of deliveries: what was sent, what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.platform.database import rows
from models.webhook import Webhook, WebhookAttempt, WebhookDelivery, WebhookState

# Each state has its index, or is that of most; neither database takes one for a state that is given
# as a value.
# of all: of one webhook
OF_STATE = """
SELECT id FROM webhook_deliveries WHERE webhook_id = $1 AND state = '{state}' AND id < $2
ORDER BY id DESC LIMIT $3
"""
NEWEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Logged:
    delivery: WebhookDelivery
    attempts: Sequence[WebhookAttempt]


async def newest_of(
    webhook_id: int, state: WebhookState, most: int, before: int = NEWEST
) -> list[int]:
    """Ids of the messages that are so, the newest first."""
    statement = OF_STATE.format(state=state.value)
    return [row["id"] for row in await rows(statement, [webhook_id, before, most])]


async def log_of_deliveries(webhook: Webhook, state: str | None, limit: int) -> list[Logged]:
    """The newest messages first, each with its attempts in order."""
    # of all: of one webhook
    asked = WebhookDelivery.filter(webhook_id=webhook.id)
    if state:
        ids = await newest_of(webhook.id, WebhookState(state), limit)
        asked = asked.filter(id__in=ids or [0])
    found = await asked.order_by("-id").limit(limit)
    # of all: of the messages that were found
    tries = await WebhookAttempt.filter(delivery_id__in=[d.id for d in found] or [0]).order_by("id")
    return [Logged(each, [t for t in tries if t.delivery_id == each.id]) for each in found]
