"""Pause a webhook, resume it, end it."""

from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.watch.use_case_log import log_of
from backend.webhooks.find import webhook_named
from backend.webhooks.subscribe import note_webhook
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.webhook import Webhook, WebhookStatus

_VERBS = {
    WebhookStatus.ACTIVE: Verb.RESUME_WEBHOOK,
    WebhookStatus.PAUSED: Verb.PAUSE_WEBHOOK,
    WebhookStatus.ENDED: Verb.END_WEBHOOK,
}
# of all: what one webhook has waiting
_ANEW = """
UPDATE webhook_deliveries SET available_at = $1, attempts = 0, first_tried_at = NULL
WHERE webhook_id = $2 AND state = 'waiting'
"""


async def steer(
    ctx: Context, scope: Scope | None, public_id: str, status: WebhookStatus
) -> Webhook:
    """Resumed, it goes on from where it was, with a fresh three days. Asked again nothing changes.

    Refuses with webhook_not_found, and with webhook_ended unless it is to end.
    """
    async with transaction():
        ended = status is WebhookStatus.ENDED
        webhook = await webhook_named(scope, public_id, open_only=not ended)
        if webhook.status != status:
            webhook.status, webhook.reason = status.value, ""
            if status is WebhookStatus.ACTIVE:
                webhook.failures, webhook.failing_since, webhook.rests_until = 0, None, None
                await rows(_ANEW, [ctx.clock(), webhook.id])
            await webhook.save()
            await note_webhook(ctx, _VERBS[status], webhook)
            log_of(ctx, __name__).info("a webhook is steered", webhook=public_id, to=status.value)
    return webhook
