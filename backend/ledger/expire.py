"""The schedule: lots whose time is over, a batch at a time."""

from backend.ledger.card import cards_by_id
from backend.ledger.order import LedgerCard, Order
from backend.ledger.plan import Lot, Plan, State, taken
from backend.ledger.post import hold_person, post_in_turn, read_state
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from models.ledger import Book, PostingKind
from models.refusal import Code, Refusal

BATCH = 200
# From what is over on: SQLite would begin with all cards of a program.
# of all: lots end by the clock
_OVER = """
SELECT l.card_id FROM point_lots l CROSS JOIN cards c CROSS JOIN programs p
WHERE l.remains > 0 AND l.expires_at <= $1 AND c.id = l.card_id
    AND p.id = c.program_id AND p.processor = 'ledger'
ORDER BY l.expires_at LIMIT $2
"""
_LOTS = """
SELECT id, remains FROM point_lots WHERE card_id = $1 AND remains > 0 AND expires_at <= $2
ORDER BY expires_at, id
"""


async def expire_lots(ctx: Context) -> int:
    """One batch, a posting and a transaction per card; how many lots were found. Killed in
    between it goes on where it was."""
    found = await rows(_OVER, [ctx.clock(), BATCH])
    for card in (await cards_by_id({row["card_id"] for row in found})).values():
        try:
            async with transaction():
                await _expire(ctx, card)
        except Refusal as refusal:
            # The person has deleted their data meanwhile.
            if refusal.code is not Code.CARD_NOT_FOUND:
                raise
        ctx.wake.set()
    return len(found)


async def _expire(ctx: Context, card: LedgerCard) -> None:
    """Points that come back into a lot whose time is over end again: each time by its own key."""
    await hold_person(card)
    over = [Lot(**row) for row in await rows(_LOTS, [card.id, ctx.clock()])]
    amount = sum(lot.remains for lot in over)
    if not amount:
        return

    async def work_out(state: State) -> Plan:
        return taken(state, amount, Book.EXPIRED, over)

    version = (await read_state(card.id)).version
    order = Order(card, PostingKind.EXPIRE, f"~expire:{version}", amount=amount)
    await post_in_turn(ctx, order, work_out)
