"""Keep who is meant under a key, or put it away."""

from backend.brands.keys import check_key
from backend.brands.put import Saved, noted, put
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import note
from catalog.entries.messages.segment import SegmentEntry
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.refusal import Code, Refusal
from models.segment import Segment

MOST = 1000


async def save_segment(
    ctx: Context, scope: Scope, account_id: int, key: str, entry: SegmentEntry
) -> Saved:
    """One that was put away is back. Refuses with key_invalid and too_many_segments."""
    check_key(key)
    async with transaction():
        await scope.own_accounts().filter(id=account_id).select_for_update()
        mine = scope.segments().filter(account_id=account_id)
        if not await mine.filter(key=key).exists() and await mine.count() >= MOST:
            raise Refusal(Code.TOO_MANY_SEGMENTS, most=MOST)
        found = await put(
            Segment,
            {"account_id": account_id, "key": key},
            {"name": entry.name, "tree": entry.tree, "archived_at": None},
            fresh={"created_at": ctx.clock()},
        )
        return await noted(ctx, Verb.SAVE_SEGMENT, "segment", found, account_id)


async def archive_segment(ctx: Context, scope: Scope, account_id: int, key: str) -> Segment:
    """It keeps its key. Refuses with segment_not_found; a second time changes nothing."""
    async with transaction():
        row = await segment_of(scope, account_id, key, locked=True)
        if row.archived_at is None:
            row.archived_at = ctx.clock()
            await row.save(update_fields=["archived_at"])
            await note(ctx, Verb.ARCHIVE_SEGMENT, "segment", row.id, account_id=account_id)
    return row


async def segment_of(scope: Scope, account_id: int, key: str, *, locked: bool = False) -> Segment:
    """Archived too. Refuses with segment_not_found, also when it is another account's."""
    found = scope.segments().filter(account_id=account_id, key=key)
    row = await (found.select_for_update() if locked else found).first()
    if row is None:
        raise Refusal(Code.SEGMENT_NOT_FOUND)
    return row
