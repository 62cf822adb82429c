"""Messages that have ended: delivered, failed, stopped or in doubt, each counted once.

A delivery that has ended never changes again but for what is reported of it later
(backend/analytics/count_reports.py). Which ones are counted stands on the row itself and is written
in the transaction that adds to the facts.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from backend.analytics.add import Counted, add_facts
from backend.analytics.zones import day_of, zones_of
from backend.platform.database import among, is_postgres, rows, transaction
from backend.platform.dialect import moment
from models.fact import FactKind

BATCH = 500
# of all: every message that has ended is counted for its account
_TAKE = """
UPDATE deliveries SET counted = TRUE WHERE id IN (
    SELECT id FROM deliveries WHERE NOT counted
    AND state IN ('delivered', 'failed', 'stopped', 'in_doubt') ORDER BY id LIMIT $1 {lock})
RETURNING id
"""
# of all: the current batch
TOLD = """
SELECT d.id, d.message_id, d.state, d.reason, d.channel, d.step, d.cost_kopecks, d.changed_at,
    m.purpose, m.brand_id, m.customer_id, m.campaign_id, m.trigger_id,
    COALESCE(b.account_id, c.account_id, 0) AS account_id,
    d.step > 0 AND d.state = 'delivered' AND EXISTS (SELECT 1 FROM deliveries e
        WHERE e.message_id = d.message_id AND e.id < d.id AND e.state = 'delivered') AS again
FROM deliveries d JOIN messages m ON m.id = d.message_id
LEFT JOIN (SELECT brands.id, programs.account_id FROM brands
    JOIN programs ON programs.id = brands.program_id) b ON b.id = m.brand_id
LEFT JOIN (SELECT cards.id, programs.account_id FROM cards
    JOIN programs ON programs.id = cards.program_id) c ON c.id = m.card_id
WHERE d.id {these} ORDER BY d.id
"""
# What else is written down of deliveries that have ended.
Also = Callable[[Sequence[dict[str, Any]]], Awaitable[None]]


async def count_deliveries(*also: Also, most: int = BATCH) -> bool:
    """One batch; whether there may be more. `also` is called inside the transaction."""
    lock = "FOR UPDATE SKIP LOCKED" if is_postgres() else ""
    async with transaction():
        ids = [row["id"] for row in await rows(_TAKE.format(lock=lock), [most])]
        if ids:
            told = await rows(TOLD.format(these=among(1)), [ids])
            await _add(told)
            for write in also:
                await write(told)
    return len(ids) == most


async def _add(told: Sequence[dict[str, Any]]) -> None:
    zones = await zones_of({row["account_id"] for row in told})
    await add_facts(each for row in told for each in _facts(row, zones))


def _facts(row: Mapping[str, Any], zones: Mapping[int, tzinfo]) -> Iterator[tuple[Counted, int]]:
    at = moment(row["changed_at"])
    yield counted(row, FactKind(f"message_{row['state']}"), zones, at), row["cost_kopecks"]
    if row["again"]:
        yield counted(row, FactKind.MESSAGE_AGAIN, zones, at), 0


def counted(
    row: Mapping[str, Any], kind: FactKind, zones: Mapping[int, tzinfo], at: datetime
) -> Counted:
    """Under what a delivery is counted."""
    account = row["account_id"]
    day = day_of(zones, account, at)
    return Counted(account, row["brand_id"] or 0, day, kind, row["purpose"], row["channel"])
