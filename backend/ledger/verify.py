"""Whether every card's points are the sum of what was posted: walks all, writes nothing."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from decimal import Decimal

from backend.platform.database import rows

PAGE = 500
# of all: the operator checks every card
_PAGE = """
SELECT DISTINCT card_id FROM (
    SELECT card_id FROM card_points WHERE card_id > $1
    UNION SELECT card_id FROM postings WHERE card_id > $1) AS posted
ORDER BY card_id LIMIT $2
"""
# One statement, so that what is posted meanwhile is seen whole or not at all.
# of all: the operator checks every card
_SUMS = """
SELECT c.id AS card_id, p.key AS program, c.balance * 100 AS shown,
    COALESCE(s.available, 0) AS available, COALESCE(s.held, 0) AS held,
    (SELECT COALESCE(sum(e.amount), 0) FROM posting_entries e JOIN postings o ON
        o.id = e.posting_id WHERE o.card_id = c.id AND e.book = 'points') AS points,
    (SELECT COALESCE(sum(e.amount), 0) FROM posting_entries e JOIN postings o ON
        o.id = e.posting_id WHERE o.card_id = c.id AND e.book = 'held') AS set_aside,
    (SELECT COALESCE(sum(l.remains), 0) FROM point_lots l JOIN postings o ON o.id = l.posting_id
        WHERE o.card_id = c.id) AS lots,
    (SELECT COALESCE(sum(h.amount), 0) FROM point_holds h
        WHERE h.card_id = c.id AND h.state = 'open') AS holds,
    (SELECT count(*) FROM point_lots l JOIN postings o ON o.id = l.posting_id
        WHERE o.card_id = c.id AND l.remains <> (
            SELECT COALESCE(sum(e.amount), 0) FROM posting_entries e
            WHERE e.lot_id = l.id AND e.book = 'points')) AS wrong_lots,
    (SELECT count(*) FROM postings o WHERE o.card_id = c.id AND 0 <> (
        SELECT COALESCE(sum(e.amount), 1) FROM posting_entries e WHERE e.posting_id = o.id))
        AS uneven
FROM cards c LEFT JOIN card_points s ON s.card_id = c.id LEFT JOIN programs p ON
    p.id = c.program_id
WHERE c.id > $1 AND c.id <= $2 AND (s.id IS NOT NULL
    OR EXISTS (SELECT 1 FROM postings o WHERE o.card_id = c.id))
ORDER BY c.id
"""


@dataclass(frozen=True, slots=True)
class Sums:
    """Of one card, in hundredths of a point. `shown` is the balance on the card's row."""

    card_id: int
    program: str
    shown: int
    available: int
    held: int
    points: int
    set_aside: int
    lots: int
    holds: int
    wrong_lots: int
    uneven: int

    def wrong(self) -> list[str]:
        """What does not add up, each in a sentence."""
        told = []
        if self.uneven:
            told.append(f"{self.uneven} postings whose entries do not add up to nothing")
        if self.available != self.points:
            told.append(f"{self.available} stand, the entries say {self.points}")
        if self.held != self.set_aside:
            told.append(f"{self.held} stand as held, the entries say {self.set_aside}")
        if self.lots != self.points or self.wrong_lots:
            told.append(f"the lots hold {self.lots}, the entries say {self.points}")
        if self.holds != self.set_aside:
            told.append(f"open holds hold {self.holds}, the entries say {self.set_aside}")
        if self.shown != self.points:
            told.append(f"the card shows {self.shown}, the entries say {self.points}")
        if min(self.available, self.held, self.lots) < 0:
            told.append("less than nothing stands")
        return told


async def sums() -> AsyncIterator[Sums]:
    """Of every card that has any, a page at a time."""
    last = 0
    while True:
        page = await rows(_PAGE, [last, PAGE])
        if not page:
            return
        for row in await rows(_SUMS, [last, page[-1]["card_id"]]):
            yield _sums(row)
        last = page[-1]["card_id"]


def _sums(row: dict[str, object]) -> Sums:
    names = [name for name in Sums.__slots__ if name not in {"program", "shown"}]
    # A sum is a Decimal on PostgreSQL; a product of text is a float on SQLite.
    counted = {name: int(Decimal(str(row[name]))) for name in names}
    shown = round(Decimal(str(row["shown"] or 0)))
    return Sums(program=str(row["program"]), shown=shown, **counted)
