"""Consents go into the feeds off the controllers' chains: links are only ever added, one after the
other, so that a number says how far they have been told."""

from typing import Any

from backend.changes.append import append_held, hold
from backend.changes.draft import Draft
from backend.platform.database import rows, transaction
from backend.platform.dialect import moment, parsed
from models.account_change import ChangeKind

BATCH = 500
# of all: every controller's chain is looked at
_BEHIND = """
SELECT a.id FROM accounts a LEFT JOIN account_feeds f ON f.account_id = a.id
WHERE (SELECT max(l.seq) FROM consent_links l WHERE l.account_id = a.id)
    > COALESCE(f.consents_seq, 0)
ORDER BY a.id
"""
_LINKS = """
SELECT l.seq, r.id, r.customer_id, r.action, r.at, r.brand_ids, r.channels, d.purpose, d.version,
    p.key AS program
FROM consent_links l JOIN consent_records r ON r.id = l.record_id
JOIN consent_documents d ON d.id = r.document_id LEFT JOIN programs p ON p.id = d.program_id
WHERE l.account_id = $1 AND l.seq > $2 ORDER BY l.seq LIMIT $3
"""
_BRANDS = """
SELECT b.id, b.key FROM brands b JOIN programs p ON p.id = b.program_id WHERE p.account_id = $1
"""
_READ = "UPDATE account_feeds SET consents_seq = $1 WHERE account_id = $2"
# That advertising was declined is no change of what stands.
_KINDS = {"granted": ChangeKind.CONSENT_GIVEN, "withdrawn": ChangeKind.CONSENT_WITHDRAWN}


async def feed_consents() -> bool:
    """One batch of each controller that is behind; whether there may be more."""
    more = False
    for row in await rows(_BEHIND):
        more = await _feed(row["id"]) or more
    return more


async def _feed(account_id: int) -> bool:
    async with transaction():
        held = (await hold([account_id]))[account_id]
        found = await rows(_LINKS, [account_id, held.consents_seq, BATCH])
        if found:
            brands = {row["id"]: row["key"] for row in await rows(_BRANDS, [account_id])}
            drafts = [_draft(account_id, row, brands) for row in found if row["action"] in _KINDS]
            await append_held({account_id: held.seq}, drafts)
            await rows(_READ, [found[-1]["seq"], account_id])
    return len(found) == BATCH


def _draft(account_id: int, row: dict[str, Any], brands: dict[int, str]) -> Draft:
    data: dict[str, Any] = {
        "customer": row["customer_id"],
        "consent": row["id"],
        "purpose": row["purpose"],
        "version": row["version"],
    }
    named = [brands[one] for one in parsed(row["brand_ids"]) if one in brands]
    about = {"program": row["program"], "brands": named, "channels": parsed(row["channels"])}
    data |= {name: value for name, value in about.items() if value}
    kind, origin = _KINDS[row["action"]], f"consent:{row['id']}"
    return Draft(account_id, kind, origin, moment(row["at"]), data, row["customer_id"])
