"""One posting: read what stands, work out what changes, write it all at once.

On PostgreSQL a posting is one statement, which writes only while what it was worked out of still
stands. Whatever it does not settle (somebody was faster, the key was used, there are not enough
points) is decided in turn: with the person's row held. On SQLite there is one writer anyway.
"""

from collections.abc import Awaitable, Callable

from backend.ledger.order import LedgerCard, Order, Posted
from backend.ledger.plan import Lot, Plan, State
from backend.ledger.write_posting import write_posting
from backend.platform.context import Context
from backend.platform.database import is_postgres, rows, transaction
from models.refusal import Code, Refusal

_PERSON = "SELECT id FROM customers WHERE id = $1 AND deleted_at IS NULL"
_STATE = """
SELECT p.version, p.available, p.held, l.id AS lot, l.remains
FROM card_points p LEFT JOIN point_lots l ON l.card_id = p.card_id AND l.remains > 0
WHERE p.card_id = $1 ORDER BY l.expires_at NULLS LAST, l.id
"""
_REPEATED = """
SELECT p.id, p.amount, p.digest, s.available, s.held
FROM postings p JOIN card_points s ON s.card_id = p.card_id WHERE p.card_id = $1 AND p.key = $2
"""
WorkOut = Callable[[State], Awaitable[Plan]]


async def post(ctx: Context, order: Order, work_out: WorkOut) -> Posted:
    """Refuses with posting_differs when the key stands for something else, with card_not_found when
    the person was deleted, and with what `work_out` refuses. Announces what has happened in
    the same transaction."""
    posted = await _at_once(ctx, order, work_out) if is_postgres() else None
    if posted is None:
        async with transaction():
            posted = await post_in_turn(ctx, order, work_out)
    if posted.new:
        ctx.wake.set()
    return posted


async def _at_once(ctx: Context, order: Order, work_out: WorkOut) -> Posted | None:
    """None when it has to be decided in turn."""
    try:
        plan = await work_out(await read_state(order.card.id))
    except Refusal:
        return None
    return await write_posting(ctx, order, plan)


async def post_in_turn(ctx: Context, order: Order, work_out: WorkOut) -> Posted:
    """Inside a transaction."""
    await hold_person(order.card)
    repeated = await _repeated(order)
    if repeated is not None:
        return repeated
    plan = await work_out(await read_state(order.card.id))
    posted = await write_posting(ctx, order, plan)
    assert posted is not None, "the person's row is held, so nobody can have been faster"
    return posted


async def hold_person(card: LedgerCard) -> None:
    """Inside a transaction: whatever is posted to a card of theirs waits until it ends. Refuses
    with card_not_found when they were deleted."""
    held = " FOR NO KEY UPDATE" if is_postgres() else ""
    if not await rows(_PERSON + held, [card.customer_id]):
        raise Refusal(Code.CARD_NOT_FOUND)


async def read_state(card_id: int) -> State:
    found = await rows(_STATE, [card_id])
    if not found:
        return State()
    lots = tuple(Lot(row["lot"], row["remains"]) for row in found if row["lot"] is not None)
    first = found[0]
    return State(first["version"], first["available"], first["held"], lots)


async def _repeated(order: Order) -> Posted | None:
    found = await rows(_REPEATED, [order.card.id, order.key])
    if not found:
        return None
    row = found[0]
    if row["digest"] != order.digest():
        raise Refusal(Code.POSTING_DIFFERS)
    return Posted(row["id"], row["amount"], row["available"], row["held"], new=False)
