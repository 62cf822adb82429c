"""What is known of many people, for the variables of a template.

One statement for all of them, which reads no more than the variables need: a sealed profile is
fetched and opened for `{name}` alone. What is read here is told to the person and written down
nowhere, but for what `storable` leaves.
"""

import asyncio
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from backend.platform.context import Context
from backend.platform.database import among, rows
from backend.platform.dialect import parsed
from backend.platform.secrets.master_key import CannotOpen
from backend.platform.secrets.vault import Sealed
from backend.platform.watch.use_case_log import log_of
from catalog.questions.question import FieldType
from catalog.wordings.variables import NAME, POINTS, STANDARD
from models.customer import PROFILE_PLACE, Customer

# Never among what a message keeps of what it said.
SEALED = frozenset({NAME})
BALANCE, TIER, NUMBER, STORE = "balance", "tier", "number", "store"
_PROFILE = Sealed(PROFILE_PLACE)
# Opening takes some microseconds; whoever taps meanwhile is answered.
_OPENED_AT_ONCE = 50
# of all: the people whom the brand writes to
_READ = """
SELECT c.id{columns} FROM customers c{cards}
WHERE c.id {who} AND c.deleted_at IS NULL
"""
# of all: the program of the brand in hand
_CARDS = """
LEFT JOIN brands b ON b.id = $2
LEFT JOIN cards k ON k.customer_id = c.id AND k.program_id = b.program_id AND k.removed_at IS NULL
"""
# of all: of the card in hand
_STORE = """(SELECT s.store FROM sales s WHERE s.card_id = k.id AND s.store <> ''
ORDER BY s.at DESC LIMIT 1) AS store"""
_COLUMNS = {
    BALANCE: ("k.balance",),
    POINTS: ("k.balance",),
    TIER: ("k.tier",),
    NUMBER: ("k.printed_number",),
    STORE: (_STORE,),
    NAME: ("c.data_key", "c.profile"),
}


async def values_of(
    ctx: Context, brand_id: int, customer_ids: Collection[int], variables: Collection[str]
) -> dict[int, dict[str, str]]:
    """By person, and by variable what they have; who has nothing of it has no key. What no card
    has a field for is nobody's."""
    wanted = frozenset(variables)
    if not wanted or not customer_ids:
        return {each: {} for each in customer_ids}
    found: dict[int, dict[str, str]] = {}
    for number, row in enumerate(await rows(*_statement(brand_id, customer_ids, wanted)), 1):
        found[row["id"]] = {name: text for name, text in _read(row, wanted) if text}
        if NAME in wanted:
            found[row["id"]] |= _named(ctx, row)
            if number % _OPENED_AT_ONCE == 0:
                await asyncio.sleep(0)
    return {each: found.get(each, {}) for each in customer_ids}


def storable(values: Mapping[str, str]) -> dict[str, str]:
    """What a message may keep, so that it can be read again as it was."""
    return {name: text for name, text in values.items() if name not in SEALED}


def name_in(profile: Mapping[str, Any] | None) -> str:
    """The first name that a profile has, "" for none."""
    return str((profile or {}).get(FieldType.GIVEN_NAME.value) or "")


def _statement(
    brand_id: int, customer_ids: Collection[int], wanted: frozenset[str]
) -> tuple[str, list[Any]]:
    columns = [column for name in sorted(wanted) for column in _COLUMNS.get(name, ())]
    if wanted - set(STANDARD):
        columns.append("k.own_fields")
    if wanted == SEALED:
        return _shaped(columns, ""), [list(customer_ids)]
    return _shaped(columns, _CARDS), [list(customer_ids), brand_id]


def _shaped(columns: list[str], cards: str) -> str:
    listed = "".join(f", {column}" for column in dict.fromkeys(columns))
    return _READ.format(columns=listed, cards=cards, who=among(1))


def _read(row: Mapping[str, Any], wanted: frozenset[str]) -> list[tuple[str, str]]:
    """Of the card."""
    own: Mapping[str, Any] = parsed(row.get("own_fields")) or {}
    found = [(name, str(own.get(name) or "")) for name in wanted - set(STANDARD)]
    balance = row.get("balance")
    if balance is not None:
        cents = Decimal(str(balance)).quantize(Decimal("0.01"))
        found += [(BALANCE, f"{cents:f}"), (POINTS, str(int(cents)))]
    found += [
        (TIER, row.get("tier") or ""),
        (NUMBER, row.get("printed_number") or ""),
        (STORE, row.get("store") or ""),
    ]
    return [(name, text) for name, text in found if name in wanted]


def _named(ctx: Context, row: Mapping[str, Any]) -> dict[str, str]:
    """A profile that cannot be read is as if there were none."""
    try:
        profile = _PROFILE.open(ctx, Customer(data_key=row["data_key"]), row["profile"])
    except CannotOpen:
        log_of(ctx, __name__).warning("a profile cannot be opened", customer=row["id"])
        return {}
    name = name_in(profile)
    return {NAME: name} if name else {}
