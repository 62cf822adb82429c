"""Send a test message, to see that it arrives and verifies."""

from backend.platform.context import Context
from backend.platform.database import transaction
from backend.webhooks.find import webhook_named
from backend.webhooks.message import TEST, body_of
from backend.webhooks.plan import add, delivery
from backend.webhooks.subscribe import note_webhook
from catalog.tenant import Scope
from models.audit_entry import Verb


async def send_test(ctx: Context, scope: Scope | None, public_id: str) -> str:
    """Returns the message's id. Tried once; while the webhook is paused it waits.

    Refuses with webhook_not_found and webhook_ended.
    """
    async with transaction():
        webhook = await webhook_named(scope, public_id, open_only=True)
        body = body_of(TEST, ctx.clock(), {"webhook": public_id})
        row = delivery(webhook.id, ctx.clock(), TEST, body, "")
        await add([row])
        await note_webhook(ctx, Verb.TEST_WEBHOOK, webhook)
    return str(row[1])
