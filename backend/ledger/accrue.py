"""Points are given: for a purchase, as a welcome, for a birthday."""

from datetime import datetime, timedelta

from backend.ledger.order import LedgerCard, Order, Posted
from backend.ledger.plan import Plan, State, given
from backend.ledger.post import post
from backend.platform.context import Context
from models.ledger import Book, PostingKind
from models.refusal import Code, Refusal


async def accrue(ctx: Context, card: LedgerCard, amount: int, key: str, reason: str) -> Posted:
    """They last as long as the program says. Refuses with card_blocked and posting_differs."""
    if card.blocked:
        raise Refusal(Code.CARD_BLOCKED)
    order = Order(card, PostingKind.ACCRUE, key, reason, amount)
    return await give(ctx, order, lot_end(card, ctx.clock()))


async def give(ctx: Context, order: Order, expires_at: datetime | None) -> Posted:
    async def work_out(_state: State) -> Plan:
        return given(order.amount, Book.GIVEN, expires_at)

    return await post(ctx, order, work_out)


def lot_end(card: LedgerCard, now: datetime) -> datetime | None:
    """When what is given now ends; None: never."""
    days = card.rules.lot_days
    return now + timedelta(days=days) if days is not None else None
