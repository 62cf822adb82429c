"""Add to the facts: in one order, whoever adds, so that nobody waits in a ring."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from backend.platform.database import is_postgres, rows
from models.fact import FactKind

_ADD = """
INSERT INTO facts (account_id, brand_id, day, kind, source, channel, n, kopecks)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (account_id, day, kind, brand_id, source, channel)
DO UPDATE SET n = facts.n + excluded.n, kopecks = facts.kopecks + excluded.kopecks
"""


@dataclass(frozen=True, slots=True, order=True)
class Counted:
    """Under what something is counted."""

    account_id: int
    brand_id: int
    day: date
    kind: FactKind
    source: str = ""
    channel: str = ""


async def add_facts(happened: Iterable[tuple[Counted, int]]) -> None:
    """Inside the transaction that says that they were counted. Each counts as one, with its
    cost in kopecks."""
    await put_right((key, 1, kopecks) for key, kopecks in happened)


async def put_right(learnt: Iterable[tuple[Counted, int, int]]) -> None:
    """The same, of so many more or less, and of so many kopecks more or less."""
    sums: dict[Counted, tuple[int, int]] = {}
    for key, more, kopecks in learnt:
        n, cost = sums.get(key, (0, 0))
        sums[key] = (n + more, cost + kopecks)
    for key in sorted(sums):
        day = key.day if is_postgres() else key.day.isoformat()
        kept = [key.account_id, key.brand_id, day, key.kind.value, key.source, key.channel]
        await rows(_ADD, [*kept, *sums[key]])
