"""What moved a card's points, the newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.platform.database import rows
from backend.platform.dialect import moment
from models.ledger import Posting, PostingKind

_PAGE = """
SELECT p.id, p.kind, p.amount, p.reason, p.of_id, p.at, (SELECT COALESCE(sum(e.amount), 0)
    FROM posting_entries e WHERE e.posting_id = p.id AND e.book = 'points') AS change
FROM postings p WHERE p.card_id = $1 AND p.id < $2 ORDER BY p.id DESC LIMIT $3 OFFSET $4
"""
NEWEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Movement:
    """In hundredths of a point: `change` is what may be spent more or less since, `amount` what
    was posted (a capture spends what its hold had taken before). `of_id`: the posting it is
    about."""

    id: int
    kind: PostingKind
    amount: int
    change: int
    reason: str
    at: datetime
    of_id: int | None


async def movements(
    card_id: int, limit: int, offset: int = 0, *, before: int = NEWEST
) -> list[Movement]:
    """A page of them; `before` is the id of the last one of the page before."""
    return [_movement(row) for row in await rows(_PAGE, [card_id, before, limit, offset])]


async def count_movements(card_id: int) -> int:
    return await Posting.filter(card_id=card_id).count()


def _movement(row: dict[str, Any]) -> Movement:
    return Movement(
        id=row["id"],
        kind=PostingKind(row["kind"]),
        amount=row["amount"],
        change=int(row["change"]),
        reason=row["reason"],
        at=moment(row["at"]),
        of_id=row["of_id"],
    )
