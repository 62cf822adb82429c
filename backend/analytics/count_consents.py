"""Consents, counted off the controllers' chains: links are only ever added, one after the other, so
that a number says how far they have been counted."""

from typing import Any

import orjson

from backend.analytics.add import Counted, add_facts
from backend.analytics.zones import day_of, zones_of
from backend.platform.database import is_postgres, rows, transaction
from backend.platform.dialect import moment
from models.fact import FactKind

BATCH = 500
# of all: every controller's chain is looked at
_BEHIND = """
SELECT a.id FROM accounts a LEFT JOIN ledgers_read r ON r.account_id = a.id
WHERE (SELECT max(l.seq) FROM consent_links l WHERE l.account_id = a.id) > COALESCE(r.seq, 0)
ORDER BY a.id
"""
_BEGUN = "INSERT INTO ledgers_read (account_id, seq) VALUES ($1, 0) ON CONFLICT DO NOTHING"
_UP_TO = "SELECT seq FROM ledgers_read WHERE account_id = $1 {lock}"
_LINKS = """
SELECT l.seq, r.action, r.at, r.brand_ids, r.channels, d.purpose
FROM consent_links l JOIN consent_records r ON r.id = l.record_id
JOIN consent_documents d ON d.id = r.document_id
WHERE l.account_id = $1 AND l.seq > $2 ORDER BY l.seq LIMIT $3
"""
_READ = "UPDATE ledgers_read SET seq = $2 WHERE account_id = $1"


async def count_consents() -> bool:
    """One batch of each controller that is behind; whether there may be more."""
    more = False
    for row in await rows(_BEHIND):
        more = await _count(row["id"]) or more
    return more


async def _count(account_id: int) -> bool:
    lock = "FOR UPDATE" if is_postgres() else ""
    async with transaction():
        await rows(_BEGUN, [account_id])
        # One at a time counts for a controller; the other goes on where this one ends.
        (read,) = await rows(_UP_TO.format(lock=lock), [account_id])
        found = await rows(_LINKS, [account_id, read["seq"], BATCH])
        if found:
            zones = await zones_of({account_id})
            await add_facts(
                (key, 0)
                for row in found
                for key in _keys(account_id, row, day_of(zones, account_id, moment(row["at"])))
            )
            await rows(_READ, [account_id, found[-1]["seq"]])
    return len(found) == BATCH


def _keys(account_id: int, row: dict[str, Any], day: Any) -> list[Counted]:
    """Advertising counts once for each brand and channel, a «no» to it once for each brand."""
    kind = FactKind(f"consent_{row['action']}")
    return [
        Counted(account_id, brand, day, kind, row["purpose"], channel)
        for brand in _listed(row["brand_ids"]) or [0]
        for channel in _listed(row["channels"]) or [""]
    ]


def _listed(value: Any) -> list[Any]:
    return list(orjson.loads(value) if isinstance(value, str | bytes) else value)
