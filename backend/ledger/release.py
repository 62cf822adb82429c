"""What a hold has set aside goes back to where it came from."""

from backend.ledger.card import cards_by_id
from backend.ledger.held import held_by
from backend.ledger.order import LedgerCard, Order, Posted
from backend.ledger.plan import Entry, Plan, State
from backend.ledger.post import post
from backend.platform.context import Context
from backend.platform.database import rows
from models.ledger import Book, HoldState, PostingKind
from models.refusal import Code, Refusal

BATCH = 200
# From what is over on: SQLite would begin with all cards of a program.
# of all: holds end by the clock
_OVER = """
SELECT h.posting_id, h.card_id FROM point_holds h CROSS JOIN cards c CROSS JOIN programs p
WHERE h.state = 'open' AND h.expires_at <= $1 AND c.id = h.card_id
    AND p.id = c.program_id AND p.processor = 'ledger'
ORDER BY h.expires_at LIMIT $2
"""


async def release(ctx: Context, card: LedgerCard, hold_id: int, key: str, reason: str) -> Posted:
    """Refuses with posting_not_found, posting_closed and posting_differs."""

    async def work_out(state: State) -> Plan:
        lots = await held_by(card.id, hold_id)
        out = [Entry(Book.HELD, -lot.remains, lot.id) for lot in lots]
        back = [Entry(Book.POINTS, lot.remains, lot.id) for lot in lots]
        amount = sum(lot.remains for lot in lots)
        return Plan(
            amount, (*out, *back), version=state.version, of_id=hold_id, closes=HoldState.RELEASED
        )

    order = Order(card, PostingKind.RELEASE, key, reason, of_id=hold_id)
    return await post(ctx, order, work_out)


async def release_over(ctx: Context) -> int:
    """The schedule: one batch of holds whose time is over; how many were found."""
    found = await rows(_OVER, [ctx.clock(), BATCH])
    cards = await cards_by_id({row["card_id"] for row in found})
    for row in found:
        try:
            await release(
                ctx, cards[row["card_id"]], row["posting_id"], over(row["posting_id"]), ""
            )
        except Refusal as refusal:
            # Captured or released meanwhile, or gone with the person's data.
            if refusal.code not in {Code.POSTING_CLOSED, Code.CARD_NOT_FOUND}:
                raise
    return len(found)


def over(hold_id: int) -> str:
    return f"~over:{hold_id}"
