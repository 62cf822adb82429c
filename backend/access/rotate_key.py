"""Put a new key in the place of one that is in use; for a while both are good."""

from datetime import timedelta

from backend.access.find_keys import is_good, key_named
from backend.access.issue_key import (
    ANYTHING,
    Grantor,
    Issued,
    KeyOrder,
    note_key,
    write_key,
)
from backend.access.rights import kept_rights
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.use_case_log import log_of
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.refusal import Code, Refusal


async def rotate_key(
    ctx: Context,
    scope: Scope | None,
    public_id: str,
    overlap: timedelta,
    grantor: Grantor = ANYTHING,
) -> Issued:
    """The new key may what the old one may, until when the old one might have been used; the old
    one ends when the overlap is over, or at its own end.

    Refuses with api_key_not_found, with api_key_ended (also when it was replaced before), and
    with scope_missing (scope) when the old one may more than the grantor.
    """
    async with transaction():
        old, now = await key_named(scope, public_id), ctx.clock()
        if not is_good(old, now) or old.replaced_by is not None:
            raise Refusal(Code.API_KEY_ENDED)
        rights = kept_rights(old.scopes)
        grantor.check(rights)
        order = KeyOrder(old.account_id, old.name, rights, old.expires_at)
        issued = await write_key(ctx, order, grantor)
        ends = now + overlap
        old.expires_at = min(ends, old.expires_at) if old.expires_at else ends
        old.replaced_by = issued.key.id
        await old.save(update_fields=["expires_at", "replaced_by"])
        await note_key(ctx, Verb.ROTATE_KEY, old)
        await note_key(ctx, Verb.ISSUE_KEY, issued.key)
    log_of(ctx, __name__).info("a key is rotated", key=public_id, by=issued.key.public_id)
    return issued
