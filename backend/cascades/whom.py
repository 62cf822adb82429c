"""Whom a channel may tell something: they allow it and can be found there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from backend.consents.gate import who_allows
from backend.platform.database import among, rows
from backend.platform.dialect import moment, parsed
from models.channel import ChannelName
from models.consent_document import ConsentPurpose
from models.message_purpose import MessagePurpose

Row = Mapping[str, Any]
# of all: the people in hand
_FOUND = {
    ChannelName.TELEGRAM.value: """
SELECT customer_id FROM identities WHERE customer_id {these} AND door = 'telegram'
    AND reachable_since IS NOT NULL AND blocked_at IS NULL
""",
    ChannelName.EMAIL.value: """
SELECT customer_id FROM contacts WHERE customer_id {these} AND kind = 'email'
    AND verified_at IS NOT NULL
""",
    ChannelName.SMS.value: """
SELECT customer_id FROM contacts WHERE customer_id {these} AND kind = 'phone'
    AND verified_at IS NOT NULL
""",
}
# of all: the people in hand
_IN_A_PHONE = """
SELECT k.customer_id, b.id AS brand_id FROM cards k JOIN brands b ON b.program_id = k.program_id
JOIN wallet_passes w ON w.card_id = k.id AND w.installed_at IS NOT NULL AND w.removed_at IS NULL
    AND w.voided_at IS NULL
WHERE k.customer_id {these} AND b.id {brands} AND k.removed_at IS NULL AND k.status = 'active'
"""
# of all: the people in hand
_DELETED = "SELECT id FROM customers WHERE id {these} AND deleted_at IS NOT NULL"
# of all: the people in hand
_SAID_NO = """
SELECT r.customer_id, r.account_id, r.brand_ids, d.purpose, r.at FROM consent_records r
JOIN consent_documents d ON d.id = r.document_id
WHERE r.customer_id {these} AND r.action = 'withdrawn' AND r.at >= $2
    AND d.purpose IN ('advertising', 'personal_data')
"""


async def reachable(now: datetime, channel: str, found: Sequence[Row]) -> set[int]:
    """Messages that this channel may carry, by their ids."""
    people = sorted({row["customer_id"] for row in found})
    there = await _there(channel, people, found)
    ways = [row for row in found if row["customer_id"] in there]
    return {row["message_id"] for row in ways} - await _not_allowed(now, channel, ways)


async def _there(channel: str, people: list[int], found: Sequence[Row]) -> set[int]:
    if channel == ChannelName.WALLET:
        return await _with_a_phone(people, found)
    asked = _FOUND[channel].format(these=among(1))
    return {row["customer_id"] for row in await rows(asked, [people])}


async def _with_a_phone(people: list[int], found: Sequence[Row]) -> set[int]:
    """Whose card of the brand is in a phone."""
    brands = sorted({row["brand_id"] for row in found if row["brand_id"]})
    there = await rows(_IN_A_PHONE.format(these=among(1), brands=among(2)), [people, brands])
    known = {(row["customer_id"], row["brand_id"]) for row in there}
    return {row["customer_id"] for row in found if (row["customer_id"], row["brand_id"]) in known}


async def _not_allowed(now: datetime, channel: str, found: Sequence[Row]) -> set[int]:
    promo = [row for row in found if row["purpose"] == MessagePurpose.PROMO]
    refused = {row["message_id"] for row in promo}
    for brand_id in {row["brand_id"] for row in promo if row["brand_id"]}:
        theirs = [row for row in promo if row["brand_id"] == brand_id]
        yes = await who_allows(now, brand_id, channel, {row["customer_id"] for row in theirs})
        refused -= {row["message_id"] for row in theirs if row["customer_id"] in yes}
    return refused


async def left_or_said_no(found: Sequence[Row]) -> set[int]:
    """Messages of people who have gone, or have said no to the brand's advertising since it was
    written, by whichever channel: who has just turned one off wants it by no other."""
    if not found:
        return set()
    people = sorted({row["customer_id"] for row in found})
    deleted = await rows(_DELETED.format(these=among(1)), [people])
    gone = {row["id"] for row in deleted}
    since = min(moment(row["written_at"]) for row in found)
    noes: defaultdict[int, list[Row]] = defaultdict(list)
    for row in await rows(_SAID_NO.format(these=among(1)), [people, since]):
        noes[row["customer_id"]].append(row)
    return {
        row["message_id"]
        for row in found
        if row["customer_id"] in gone
        or any(_ends(said, row) for said in noes.get(row["customer_id"], ()))
    }


def _ends(said: Row, row: Row) -> bool:
    if row["purpose"] != MessagePurpose.PROMO or moment(said["at"]) < moment(row["written_at"]):
        return False
    if said["purpose"] == ConsentPurpose.ADVERTISING:
        return row["brand_id"] in parsed(said["brand_ids"])
    return bool(said["account_id"] == row["account_id"])
