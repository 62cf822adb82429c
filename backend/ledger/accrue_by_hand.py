"""The operator gives points, as the till would: it stands in the audit trail."""

from backend.ledger.accrue import accrue
from backend.ledger.order import LedgerCard, Posted
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import note
from models.audit_entry import Verb


async def accrue_by_hand(
    ctx: Context, card: LedgerCard, amount: int, key: str, reason: str
) -> Posted:
    """Refuses with card_blocked and posting_differs."""
    async with transaction():
        posted = await accrue(ctx, card, amount, key, reason)
        if posted.new:
            account = card.account_id
            await note(ctx, Verb.ACCRUE_POINTS, "card", card.id, amount, account_id=account)
    return posted
