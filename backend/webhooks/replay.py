"""Send again what was sent, or given up: one message, or all of a span of time."""

from dataclasses import dataclass
from datetime import datetime

from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.use_case_log import log_of
from backend.webhooks.find import webhook_named
from backend.webhooks.subscribe import note_webhook
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.refusal import Code, Refusal
from models.webhook import WebhookDelivery, WebhookState


@dataclass(frozen=True, slots=True)
class Span:
    """One message by its id, or those made from `since` on and before `until`."""

    message_id: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def conditions(self) -> dict[str, object]:
        given = {
            "message_id": self.message_id or None,
            "created_at__gte": self.since,
            "created_at__lt": self.until,
        }
        return {name: value for name, value in given.items() if value is not None}


async def replay(ctx: Context, scope: Scope | None, public_id: str, span: Span) -> int:
    """They go again with the ids and bodies that they had, as far as they are kept; returns how
    many. What waits goes anyway.

    Refuses with webhook_not_found, webhook_ended, and delivery_not_found for one message that is
    not there.
    """
    async with transaction():
        webhook = await webhook_named(scope, public_id, open_only=True)
        # of all: of one webhook
        wanted = WebhookDelivery.filter(webhook_id=webhook.id, **span.conditions())
        if span.message_id and not await wanted.exists():
            raise Refusal(Code.DELIVERY_NOT_FOUND)
        number = await wanted.exclude(state=WebhookState.WAITING.value).update(
            state=WebhookState.WAITING.value, available_at=ctx.clock(), attempts=0,
            first_tried_at=None, ended_at=None,
        )  # fmt: skip
        await note_webhook(ctx, Verb.REPLAY_WEBHOOK, webhook, number)
    log_of(ctx, __name__).info("messages go again", webhook=public_id, messages=number)
    return number
