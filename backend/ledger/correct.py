"""A balance is put right, with the reason."""

from backend.ledger.accrue import lot_end
from backend.ledger.order import LedgerCard, Order, Posted
from backend.ledger.plan import Plan, State, given, taken
from backend.ledger.post import post
from backend.platform.context import Context
from models.ledger import Book, PostingKind


async def correct(ctx: Context, card: LedgerCard, change: int, key: str, reason: str) -> Posted:
    """`change` is more or less than nothing; of a blocked card, too. Refuses with
    not_enough_points and posting_differs."""
    expires_at = lot_end(card, ctx.clock())

    async def work_out(state: State) -> Plan:
        if change > 0:
            return given(change, Book.CORRECTED, expires_at)
        plan = taken(state, -change, Book.CORRECTED)
        return Plan(change, plan.entries, version=state.version)

    return await post(ctx, Order(card, PostingKind.CORRECT, key, reason, change), work_out)
