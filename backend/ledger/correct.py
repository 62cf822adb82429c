"""The operator puts a balance right, with the reason."""

from backend.ledger.accrue import lot_end
from backend.ledger.order import LedgerCard, Order, Posted
from backend.ledger.plan import Plan, State, given, taken
from backend.ledger.post import post
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import note
from models.audit_entry import Verb
from models.ledger import Book, PostingKind


async def correct(ctx: Context, card: LedgerCard, change: int, key: str, reason: str) -> Posted:
    """`change` is more or less than nothing. Refuses with not_enough_points and posting_differs.
    It stands in the audit trail."""
    expires_at = lot_end(card, ctx.clock())

    async def work_out(state: State) -> Plan:
        if change > 0:
            return given(change, Book.CORRECTED, expires_at)
        plan = taken(state, -change, Book.CORRECTED)
        return Plan(change, plan.entries, version=state.version)

    order = Order(card, PostingKind.CORRECT, key, reason, change)
    async with transaction():
        posted = await post(ctx, order, work_out)
        if posted.new:
            account = card.account_id
            await note(ctx, Verb.CORRECT_POINTS, "card", card.id, change, account_id=account)
    return posted
