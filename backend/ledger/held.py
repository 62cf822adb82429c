"""What a hold has set aside."""

from backend.ledger.plan import Lot
from backend.platform.database import rows
from models.ledger import HoldState, PointHold
from models.refusal import Code, Refusal

_LOTS = """
SELECT e.lot_id, sum(e.amount) AS amount FROM posting_entries e
JOIN point_holds h ON h.posting_id = e.posting_id JOIN point_lots l ON l.id = e.lot_id
WHERE h.card_id = $1 AND h.posting_id = $2 AND e.book = 'held'
GROUP BY e.lot_id, l.expires_at ORDER BY l.expires_at NULLS LAST, e.lot_id
"""


async def held_by(card_id: int, hold_id: int) -> list[Lot]:
    """Of an open hold of this card, what ends first first. Refuses with posting_not_found, and with
    posting_closed when it was captured or released."""
    found = await PointHold.filter(card_id=card_id, posting_id=hold_id).first()
    if found is None:
        raise Refusal(Code.POSTING_NOT_FOUND)
    if found.state is not HoldState.OPEN:
        raise Refusal(Code.POSTING_CLOSED)
    lots = await rows(_LOTS, [card_id, hold_id])
    return [Lot(row["lot_id"], int(row["amount"])) for row in lots]
