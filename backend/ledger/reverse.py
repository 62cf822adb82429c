"""A posting is taken back, whole or in part: the goods were returned, the till was wrong."""

from typing import Any

from backend.ledger.order import LedgerCard, Order, Posted
from backend.ledger.plan import Entry, Lot, Plan, State, draw, taken
from backend.ledger.post import post
from backend.platform.context import Context
from backend.platform.database import rows
from models.ledger import Book, Posting, PostingKind
from models.refusal import Code, Refusal

_GAVE = frozenset({PostingKind.ACCRUE, PostingKind.WELCOME, PostingKind.BIRTHDAY})
_TOOK = frozenset({PostingKind.SPEND, PostingKind.CAPTURE})
_BACK = """
SELECT COALESCE(sum(amount), 0) AS back FROM postings
WHERE card_id = $1 AND of_id = $2 AND kind = 'reverse'
"""
# What a posting and its reversals have left of each lot: a capture's lots are those of its hold.
_LOTS = """
SELECT e.lot_id, -sum(e.amount) AS taken FROM posting_entries e
JOIN postings p ON p.id = e.posting_id JOIN point_lots l ON l.id = e.lot_id
WHERE p.card_id = $1 AND (p.id = $2 OR p.of_id = $2 AND p.kind = 'reverse')
GROUP BY e.lot_id, l.expires_at ORDER BY l.expires_at DESC NULLS FIRST, e.lot_id DESC
"""


async def reverse(
    ctx: Context, card: LedgerCard, posting_id: int, amount: int, key: str, reason: str
) -> Posted:
    """`amount` 0 is all that is left of it. Spent points go back into the lots that they came from,
    given ones are taken back. Refuses with posting_not_found when nothing of this card can be
    reversed by this id, with posting_closed when less than that is left of it, with
    not_enough_points when given points were spent meanwhile, and with posting_differs."""

    async def work_out(state: State) -> Plan:
        of = await Posting.filter(card_id=card.id, id=posting_id).first()
        if of is None or of.kind not in _GAVE | _TOOK:
            raise Refusal(Code.POSTING_NOT_FOUND)
        left = of.amount - int((await rows(_BACK, [card.id, of.id]))[0]["back"])
        wanted = amount or left
        if not 0 < wanted <= left:
            raise Refusal(Code.POSTING_CLOSED)
        lots = [_lot(row) for row in await rows(_LOTS, [card.id, of.id])]
        if of.kind in _TOOK:
            return _given_back(state, lots, wanted, of.id)
        return _taken_back(state, lots, wanted, of.id)

    order = Order(card, PostingKind.REVERSE, key, reason, amount, posting_id)
    return await post(ctx, order, work_out)


def _lot(row: dict[str, Any]) -> Lot:
    return Lot(row["lot_id"], int(row["taken"]))


def _given_back(state: State, lots: list[Lot], wanted: int, of_id: int) -> Plan:
    """What lasts longest comes back first."""
    back = [Entry(Book.POINTS, part, lot_id) for lot_id, part in draw(lots, wanted)]
    entries = (Entry(Book.SPENT, -wanted), *back)
    return Plan(wanted, entries, version=state.version, of_id=of_id)


def _taken_back(state: State, lots: list[Lot], wanted: int, of_id: int) -> Plan:
    """Out of the lot that was given, then out of what else there is."""
    own = {lot.id for lot in lots}
    first = sorted(state.lots, key=lambda lot: lot.id not in own)
    plan = taken(state, wanted, Book.GIVEN, first)
    return Plan(wanted, plan.entries, version=state.version, of_id=of_id)
