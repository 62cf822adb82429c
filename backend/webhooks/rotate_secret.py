"""Put a new secret in the place of one that is in use; for a while messages are signed by both."""

from datetime import timedelta

from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.use_case_log import log_of
from backend.webhooks.find import webhook_named
from backend.webhooks.subscribe import Subscribed, add_secret, note_webhook
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.webhook import WebhookSecret


async def rotate_secret(
    ctx: Context, scope: Scope | None, public_id: str, overlap: timedelta
) -> Subscribed:
    """Older ones end when the overlap is over, or when they would have. Refuses with
    webhook_not_found and webhook_ended."""
    async with transaction():
        webhook = await webhook_named(scope, public_id, open_only=True)
        ends = ctx.clock() + overlap
        # of all: the secrets of one webhook
        mine = WebhookSecret.filter(webhook_id=webhook.id)
        await mine.filter(ends_at__isnull=True).update(ends_at=ends)
        await mine.filter(ends_at__lte=ctx.clock()).delete()
        secret = await add_secret(ctx, webhook)
        await note_webhook(ctx, Verb.ROTATE_WEBHOOK, webhook)
    log_of(ctx, __name__).info("a webhook's secret is rotated", webhook=public_id)
    return Subscribed(webhook, secret)
