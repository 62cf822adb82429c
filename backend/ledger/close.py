"""The points of somebody who deletes their data: they are nobody's any more."""

from backend.ledger.card import cards_by_id
from backend.ledger.order import LedgerCard, Order
from backend.ledger.plan import Entry, Plan, State
from backend.ledger.post import post_in_turn
from backend.platform.context import Context
from backend.platform.database import rows
from models.ledger import Book, PostingKind

_RELEASE = "UPDATE point_holds SET state = 'released' WHERE card_id = $1 AND state = 'open'"
_FORGET = "UPDATE postings SET reason = '' WHERE card_id = $1"
_HELD = """
SELECT e.lot_id, sum(e.amount) AS amount FROM posting_entries e
JOIN postings p ON p.id = e.posting_id WHERE p.card_id = $1 AND e.book = 'held'
GROUP BY e.lot_id HAVING sum(e.amount) > 0
"""


async def close_cards(ctx: Context, card_ids: list[int]) -> None:
    """Inside the transaction of a deletion. What moved stays, without the reasons."""
    for card in (await cards_by_id(card_ids)).values():
        await _close(ctx, card)
        await rows(_RELEASE, [card.id])
        await rows(_FORGET, [card.id])


async def _close(ctx: Context, card: LedgerCard) -> None:
    async def work_out(state: State) -> Plan:
        held = await rows(_HELD, [card.id])
        gone = [Entry(Book.POINTS, -lot.remains, lot.id) for lot in state.lots]
        gone += [Entry(Book.HELD, -int(row["amount"]), row["lot_id"]) for row in held]
        amount = -sum(entry.amount for entry in gone)
        return Plan(amount, (*gone, Entry(Book.EXPIRED, amount)), version=state.version)

    if await has_any(card.id):
        await post_in_turn(ctx, Order(card, PostingKind.CLOSE, "~close"), work_out)


async def has_any(card_id: int) -> bool:
    found = await rows("SELECT 1 AS one FROM card_points WHERE card_id = $1", [card_id])
    return bool(found)
