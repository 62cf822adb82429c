"""Whom a message is for: whoever carries a card of the account, lets it process their data, and can
be written to. Whoever does not looks like somebody who is not there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from backend.messages.order import Sender
from backend.platform.context import Context
from backend.platform.database import is_postgres, rows
from backend.platform.secrets.vault import Vault
from models.contact import ContactKind


@dataclass(frozen=True, slots=True)
class Recipient:
    """`brand_id` says by whom: advertising needs their consent for it. `zone`: where they are."""

    customer_id: int
    card_id: int
    brand_id: int
    zone: str


# of all: of the account $1; $3 and $4 are the login's own brand and program, 0 for any
_FOUND = """
SELECT {address} AS address, u.id AS customer_id, k.id AS card_id,
    COALESCE(NULLIF($3, 0), k.brand_id,
        (SELECT MIN(b.id) FROM brands b WHERE b.program_id = k.program_id)) AS brand_id,
    t.timezone AS zone
FROM {start}
JOIN customers u ON u.id = k.customer_id AND u.deleted_at IS NULL
JOIN programs p ON p.id = k.program_id AND p.account_id = $1
JOIN identities i ON i.customer_id = u.id AND i.door = 'telegram'
    AND i.reachable_since IS NOT NULL AND i.blocked_at IS NULL
LEFT JOIN cities t ON t.id = u.city_id
WHERE k.removed_at IS NULL AND {among} AND ($4 = 0 OR k.program_id = $4)
    AND EXISTS (SELECT 1 FROM consent_states s WHERE s.customer_id = u.id
        AND s.purpose = 'personal_data' AND s.subject_id = $1 AND s.granted)
ORDER BY k.id
"""
# of all: a part of that statement
_BY_PHONE = "contacts c JOIN cards k ON k.customer_id = c.customer_id"
_PROVEN = "c.kind = 'phone' AND c.verified_at IS NOT NULL AND c.blind_index {texts}"


async def by_phone(
    ctx: Context, sender: Sender, phones: Collection[str]
) -> Mapping[str, Recipient]:
    """By their confirmed phones, E.164."""
    indexes = phone_indexes(ctx.vault, phones)
    found = await _found(sender, list(indexes), "c.blind_index", _BY_PHONE, _PROVEN)
    return {indexes[index]: recipient for index, recipient in found.items()}


def phone_indexes(vault: Vault, phones: Collection[str]) -> dict[str, str]:
    return {vault.blind_index(ContactKind.PHONE.value, phone): phone for phone in phones}


async def by_number(sender: Sender, numbers: Collection[str]) -> Mapping[str, Recipient]:
    """By the numbers of their cards, as people read them or as they are scanned."""
    wanted = list(numbers)
    read = await _found(sender, wanted, "k.printed_number", "cards k", "k.printed_number {texts}")
    scanned = await _found(sender, wanted, "k.barcode_value", "cards k", "k.barcode_value {texts}")
    return {**scanned, **read}


async def _found(
    sender: Sender, wanted: list[str], address: str, start: str, among: str
) -> dict[str, Recipient]:
    """Of several cards of one person the first is meant."""
    texts = "= ANY($2::text[])" if is_postgres() else "IN (SELECT value FROM json_each($2))"
    statement = _FOUND.format(address=address, start=start, among=among.format(texts=texts))
    if is_postgres():
        statement = statement.replace("$3", "$3::bigint").replace("$4", "$4::bigint")
    values = [sender.account_id, wanted, sender.brand_id, sender.program_id]
    found: dict[str, Recipient] = {}
    for row in await rows(statement, values):
        if row["brand_id"] is not None:
            zone = row["zone"] or sender.zone
            person = Recipient(row["customer_id"], row["card_id"], row["brand_id"], zone)
            found.setdefault(row["address"], person)
    return found
