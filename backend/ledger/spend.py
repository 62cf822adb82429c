"""Points are spent, what ends first first."""

from backend.ledger.order import LedgerCard, Order, Posted
from backend.ledger.plan import Plan, State, taken
from backend.ledger.post import post
from backend.platform.context import Context
from models.ledger import Book, PostingKind
from models.refusal import Code, Refusal


async def spend(ctx: Context, card: LedgerCard, amount: int, key: str, reason: str) -> Posted:
    """Refuses with not_enough_points, card_blocked and posting_differs. Points are there until
    their end is posted: what the person saw a moment ago may be spent."""
    if card.blocked:
        raise Refusal(Code.CARD_BLOCKED)

    async def work_out(state: State) -> Plan:
        return taken(state, amount, Book.SPENT)

    return await post(ctx, Order(card, PostingKind.SPEND, key, reason, amount), work_out)
