"""Points are set aside for a purchase that is not certain yet."""

from datetime import timedelta

from backend.ledger.order import LedgerCard, Order, Posted
from backend.ledger.plan import Plan, State, set_aside
from backend.ledger.post import post
from backend.platform.context import Context
from models.ledger import PostingKind
from models.refusal import Code, Refusal


async def hold(ctx: Context, card: LedgerCard, amount: int, key: str, reason: str) -> Posted:
    """The posting's id is the hold's. What is neither captured nor released until the time that
    the program gives goes back by itself. Refuses with not_enough_points, card_blocked and
    posting_differs."""
    if card.blocked:
        raise Refusal(Code.CARD_BLOCKED)
    until = ctx.clock() + timedelta(minutes=card.rules.hold_minutes)

    async def work_out(state: State) -> Plan:
        return set_aside(state, amount, until)

    return await post(ctx, Order(card, PostingKind.HOLD, key, reason, amount), work_out)
