"""One message to a list: the numbers come in pieces, and a piece becomes messages at a time.

A list is kept as sealed pieces from the moment in which its numbers arrive, so that a million of
them needs no more memory than one piece; nothing of it goes out before all of it has come.
"""

from collections.abc import Sequence
from datetime import timedelta

import orjson

from backend.messages.accept import BATCH, write
from backend.messages.decide import decide
from backend.messages.find_people import by_phone
from backend.messages.order import MessageOrder, Sender
from backend.messages.sender import sender_of
from backend.messages.states import tell
from backend.platform.context import Context
from backend.platform.database import is_postgres, rows, transaction
from backend.platform.ids import new_uuid7
from models.facade import FacadeLogin
from models.partner_message import BulkPiece, BulkState, MessageState, PartnerBulk, PartnerMessage

_SERVICE = "facades"
# Of a list whose caller has gone before its end, nothing is kept any longer.
STRANDED = timedelta(hours=1)
# of all: the oldest piece that waits, of whichever partner
_NEXT = """
SELECT e.id, e.bulk_id FROM partner_bulk_pieces e JOIN partner_bulks b ON b.id = e.bulk_id
WHERE b.state = 'queued' ORDER BY e.bulk_id, e.id LIMIT 1 {lock}
"""
# of all: lists that came to nothing
_STRANDED = "SELECT id FROM partner_bulks WHERE state = 'receiving' AND created_at < $1 LIMIT 20"
# of all: a list that came to nothing
_PIECES_GO = """
DELETE FROM partner_bulk_pieces WHERE bulk_id IN (
    SELECT id FROM partner_bulks WHERE id = $1 AND state = 'receiving')
"""
# of all: a list that came to nothing
_GOES = "DELETE FROM partner_bulks WHERE id = $1 AND state = 'receiving'"
# of all: the list in hand
_LEFT = "SELECT 1 FROM partner_bulk_pieces WHERE bulk_id = $1 LIMIT 1"


async def begin_bulk(ctx: Context, login: FacadeLogin) -> PartnerBulk:
    return await PartnerBulk.create(
        login_id=login.id, public_id=str(new_uuid7(ctx.clock())), created_at=ctx.clock()
    )


async def add_piece(ctx: Context, bulk: PartnerBulk, phones: Sequence[str]) -> None:
    """At most BATCH of them, E.164."""
    assert len(phones) <= BATCH
    sealed = ctx.vault.seal_service(_SERVICE, orjson.dumps(list(phones)))
    await BulkPiece.create(bulk_id=bulk.id, sealed=sealed)
    bulk.numbers += len(phones)


async def queue_bulk(bulk: PartnerBulk, order: MessageOrder) -> None:
    """All of it has come: from now on it goes out."""
    bulk.said, bulk.state = order.kept(), BulkState.QUEUED
    await bulk.save(update_fields=["said", "state", "numbers"])


async def drop_bulk(bulk_id: int) -> None:
    """One that was not queued comes to nothing; one that was is left alone."""
    async with transaction():
        await rows(_PIECES_GO, [bulk_id])
        await rows(_GOES, [bulk_id])


async def cut_some(ctx: Context) -> bool:
    """One piece of the oldest list in one transaction; whether there may be more. Killed, the piece
    is there again, and nobody gets anything twice."""
    for row in await rows(_STRANDED, [ctx.clock() - STRANDED]):
        await drop_bulk(row["id"])
    lock = "FOR UPDATE OF e" if is_postgres() else ""
    async with transaction():
        found = await rows(_NEXT.format(lock=lock))
        if not found:
            return False
        # of all: the oldest list, of whichever partner
        bulk = await PartnerBulk.filter(id=found[0]["bulk_id"]).select_related("login").get()
        await _cut(ctx, bulk, found[0]["id"])
        if not await rows(_LEFT, [bulk.id]):
            bulk.state, bulk.ended_at = BulkState.DONE, ctx.clock()
            await bulk.save(update_fields=["state", "ended_at"])
    return True


async def _cut(ctx: Context, bulk: PartnerBulk, piece_id: int) -> None:
    # of all: the piece in hand
    piece = await BulkPiece.get(id=piece_id)
    phones = orjson.loads(ctx.vault.open_service(_SERVICE, piece.sealed))
    await piece.delete()
    if bulk.login.revoked_at is not None:
        return
    sender, order = await sender_of(bulk.login), MessageOrder.read(bulk.said)
    await _write(ctx, sender, order, bulk, phones)


async def _write(
    ctx: Context, sender: Sender, order: MessageOrder, bulk: PartnerBulk, phones: Sequence[str]
) -> None:
    """The caller has gone: whatever does not go out is told like every other state."""
    found = await by_phone(ctx, sender, phones)
    decided = await decide(ctx.clock(), sender, order, phones, found)
    made = await write(ctx, sender, order, decided, bulk)
    stopped = {one.public_id: one.state for one in made if one.state is not MessageState.ENQUEUED}
    # of all: those that were written just now
    named = PartnerMessage.filter(public_id__in=list(stopped) or [""])
    ids = await named.values_list("id", "public_id")
    await tell(ctx.clock(), [(row_id, stopped[name]) for row_id, name in ids])
