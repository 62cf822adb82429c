"""Take a key away: its next request is refused."""

from backend.access.find_keys import key_named
from backend.access.issue_key import note_key
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.use_case_log import log_of
from catalog.tenant import Scope
from models.api_key import ApiKey
from models.audit_entry import Verb


async def revoke_key(ctx: Context, scope: Scope | None, public_id: str) -> ApiKey:
    """Revoked again it stays revoked since the first time. Refuses with api_key_not_found."""
    async with transaction():
        key = await key_named(scope, public_id)
        if key.revoked_at is None:
            key.revoked_at = ctx.clock()
            await key.save(update_fields=["revoked_at"])
            await note_key(ctx, Verb.REVOKE_KEY, key)
            log_of(ctx, __name__).info("a key is revoked", key=public_id)
    return key
