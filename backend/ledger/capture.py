"""What a hold has set aside is spent; what is not needed of it goes back."""

from backend.ledger.held import held_by
from backend.ledger.order import LedgerCard, Order, Posted
from backend.ledger.plan import Entry, Lot, Plan, State, draw
from backend.ledger.post import post
from backend.platform.context import Context
from models.ledger import Book, HoldState, PostingKind


async def capture(
    ctx: Context, card: LedgerCard, hold_id: int, amount: int, key: str, reason: str
) -> Posted:
    """`amount` 0 is all of it. Refuses with not_enough_points when it is more than was set aside,
    posting_not_found, posting_closed and posting_differs."""

    async def work_out(state: State) -> Plan:
        lots = await held_by(card.id, hold_id)
        wanted = amount or sum(lot.remains for lot in lots)
        entries = (*captured(lots, wanted), Entry(Book.SPENT, wanted))
        return Plan(
            wanted, entries, version=state.version, of_id=hold_id, closes=HoldState.CAPTURED
        )

    order = Order(card, PostingKind.CAPTURE, key, reason, amount, hold_id)
    return await post(ctx, order, work_out)


def captured(lots: list[Lot], wanted: int) -> list[Entry]:
    """Everything leaves the hold; what is not wanted goes back to its lot."""
    spent = dict(draw(lots, wanted))
    out = [Entry(Book.HELD, -lot.remains, lot.id) for lot in lots]
    back = [
        Entry(Book.POINTS, left, lot.id)
        for lot in lots
        if (left := lot.remains - spent.get(lot.id, 0))
    ]
    return [*out, *back]
