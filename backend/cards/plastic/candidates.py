"""The brands whose plastic a number may be, out of the programs that it fits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.platform.database import columns, part, rows
from backend.platform.records import given, records
from catalog.recognise import RuleBook, Spellings
from models.brand import Brand

MOST = 8
# More programs than are shown: one may have no offer now.
_LOOKED_AT = 50

# The same offers as catalog.scope.holding_offers, each found in offers_holding; of a program that
# takes no plastic now none, whatever is in memory.
# CROSS: SQLite keeps the order, else it goes through all brands. MATERIALIZED: PostgreSQL would
# look for each brand's offer twice.
# of all: anybody may see what is published
_CANDIDATES = """
WITH firsts AS MATERIALIZED (
    SELECT a.weight, s.id AS brand_id, (
        SELECT h.id FROM offers h WHERE h.brand_id = s.id AND h.status = 'published'
        AND (h.starts_at IS NULL OR h.starts_at <= $2) AND (h.ends_at IS NULL OR h.ends_at > $2)
        ORDER BY h.id LIMIT 1
    ) AS offer_id
    FROM {fitting} CROSS JOIN programs p CROSS JOIN brands s
    WHERE p.id = a.program_id AND p.status = 'active' AND p.plastic = TRUE AND s.program_id = p.id
)
SELECT {brand}, best.offer_id FROM (
    SELECT * FROM firsts WHERE offer_id IS NOT NULL ORDER BY weight DESC, offer_id LIMIT $3
) best JOIN brands b ON b.id = best.brand_id ORDER BY best.weight DESC, best.offer_id
"""
_FITTING = ("program_id bigint", "weight int")


@dataclass(frozen=True, slots=True)
class Candidate:
    """`offer_id`: the first of the brand's offers that hold now."""

    brand: Brand
    offer_id: int


async def candidates(rules: RuleBook, now: datetime, spellings: Spellings) -> list[Candidate]:
    """At most MOST, the best first; one for each brand that has an offer now."""
    weights = await rules.weights(now, spellings)
    if not weights:
        return []
    best = sorted(weights, key=lambda program_id: (-weights[program_id], program_id))
    fitting = [{"program_id": each, "weight": weights[each]} for each in best[:_LOOKED_AT]]
    statement = _CANDIDATES.format(fitting=records(_FITTING), brand=columns(Brand, "b"))
    return [_candidate(row) for row in await rows(statement, [given(fitting), now, MOST])]


def _candidate(row: dict[str, Any]) -> Candidate:
    brand = part(Brand, "b", row)
    assert brand is not None
    return Candidate(brand, row["offer_id"])
