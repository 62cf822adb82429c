"""Take a façade login away: its next call is refused, and nothing more is told to its address."""

from backend.access.find_facades import facade_named
from backend.access.issue_facade import note_facade
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.use_case_log import log_of
from backend.webhooks.steer import steer
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.facade import FacadeLogin
from models.webhook import Webhook, WebhookStatus


async def revoke_facade(ctx: Context, login: str) -> FacadeLogin:
    """Revoked again it stays revoked since the first time. Refuses with api_key_not_found."""
    async with transaction():
        row = await facade_named(login)
        if row.revoked_at is None:
            row.revoked_at = ctx.clock()
            await row.save(update_fields=["revoked_at"])
            if row.webhook_id is not None:
                scope = Scope.of([row.account_id])
                webhook = await Webhook.get(id=row.webhook_id)
                await steer(ctx, scope, webhook.public_id, WebhookStatus.ENDED)
            await note_facade(ctx, Verb.REVOKE_FACADE, row)
            log_of(ctx, __name__).info("a facade login is revoked", login=login)
    return row
