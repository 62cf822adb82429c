"""Messages that have ended: delivered, failed, stopped or in doubt, each counted once.

A delivery that has ended never changes again. Which ones are counted stands on the row itself and
is written in the transaction that adds to the facts.
"""

from datetime import datetime
from typing import Any

from backend.analytics.add import Counted, add_facts
from backend.analytics.zones import day_of, zones_of
from backend.platform.database import is_postgres, rows, transaction
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
_TOLD = """
SELECT d.state, d.channel, d.cost_kopecks, d.changed_at, m.purpose, m.brand_id,
    COALESCE(b.account_id, c.account_id, 0) AS account_id
FROM deliveries d JOIN messages m ON m.id = d.message_id
LEFT JOIN (SELECT brands.id, programs.account_id FROM brands
    JOIN programs ON programs.id = brands.program_id) b ON b.id = m.brand_id
LEFT JOIN (SELECT cards.id, programs.account_id FROM cards
    JOIN programs ON programs.id = cards.program_id) c ON c.id = m.card_id
WHERE d.id IN ({marks})
"""


async def count_deliveries() -> bool:
    """One batch; whether there may be more."""
    lock = "FOR UPDATE SKIP LOCKED" if is_postgres() else ""
    async with transaction():
        ids = [row["id"] for row in await rows(_TAKE.format(lock=lock), [BATCH])]
        if ids:
            marks = ", ".join(f"${n}" for n in range(1, len(ids) + 1))
            await _add(await rows(_TOLD.format(marks=marks), ids))
    return len(ids) == BATCH


async def _add(told: list[dict[str, Any]]) -> None:
    zones = await zones_of({row["account_id"] for row in told})

    def counted(row: dict[str, Any], at: datetime) -> Counted:
        account = row["account_id"]
        return Counted(
            account,
            row["brand_id"] or 0,
            day_of(zones, account, at),
            FactKind(f"message_{row['state']}"),
            row["purpose"],
            row["channel"],
        )

    await add_facts((counted(row, moment(row["changed_at"])), row["cost_kopecks"]) for row in told)
