"""Cards as their brand is told of them, by one statement: with the keys of program and brand, and
the brand's own id of the customer where it has assigned the card."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from backend.cards.assign.named import own_id_of
from backend.platform.context import Context
from backend.platform.database import among, asked_together, is_postgres, rows
from backend.platform.dialect import moment, parsed
from catalog.tenant import Scope
from models.refusal import Code, Refusal
from models.wallet_pass import WalletKind

# of all: of the accounts that the scope has
_TOLD = """
SELECT c.id, c.customer_id, c.printed_number, c.barcode_value, c.barcode_format, c.origin, c.status,
    c.removed_at, c.balance, c.balance_at, c.tier, c.own_fields, c.created_at,
    p.key AS program, b.key AS brand, u.data_key, a.sealed{phones}
FROM cards c JOIN programs p ON p.id = c.program_id
JOIN customers u ON u.id = c.customer_id
LEFT JOIN brands b ON b.id = c.brand_id
LEFT JOIN assignments a ON a.card_id = c.id AND a.state = 'claimed'
WHERE c.id {ids} AND p.account_id {accounts}
ORDER BY c.id
"""

# of all: of the card in hand
_SINCE = """, (SELECT w.installed_at FROM wallet_passes w WHERE w.card_id = c.id
    AND w.wallet = '{wallet}' AND w.removed_at IS NULL AND w.voided_at IS NULL) AS {wallet}_since"""

_WALLETS = [(kind, f"{kind.value}_since") for kind in WalletKind]


class ToldCard(NamedTuple):
    """`brand` and `own_id` are empty where there is none. `phones`: wallets of phones in which it
    is, and since when. Format, origin and status are the values of their enums."""

    id: int
    customer_id: int
    printed_number: str
    barcode_value: str
    barcode_format: str
    origin: str
    status: str
    created_at: datetime
    removed_at: datetime | None
    balance: Decimal | None
    balance_at: datetime | None
    tier: str
    own_fields: Mapping[str, str]
    program: str
    brand: str
    own_id: str
    phones: Sequence[tuple[WalletKind, datetime]] = ()


async def told_card(ctx: Context, scope: Scope, card_id: int) -> ToldCard:
    """Refuses with card_not_found."""
    found = await asked_together(_found, scope.accounts, card_id)
    if found is None:
        raise Refusal(Code.CARD_NOT_FOUND)
    return _told(ctx, found)


async def told_cards(ctx: Context, scope: Scope, ids: Collection[int]) -> list[ToldCard]:
    """By id; of another account's there is none."""
    found = await _found(scope.accounts, ids)
    return [_told(ctx, row) for row in found.values()]


async def _found(accounts: Collection[int], ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """Rows by the ids of the cards, in their order."""
    found = await rows(statement(_postgres=is_postgres()), [list(ids), sorted(accounts)])
    return {row["id"]: row for row in found}


@cache
def statement(*, _postgres: bool) -> str:
    """Put together once for each dialect."""
    phones = "".join(_SINCE.format(wallet=wallet.value) for wallet in WalletKind)
    return _TOLD.format(phones=phones, ids=among(1), accounts=among(2))


def _told(ctx: Context, row: dict[str, Any]) -> ToldCard:
    return ToldCard(
        row["id"],
        row["customer_id"],
        row["printed_number"],
        row["barcode_value"],
        row["barcode_format"],
        row["origin"],
        row["status"],
        moment(row["created_at"]),
        _moment(row["removed_at"]),
        None if row["balance"] is None else Decimal(row["balance"]),
        _moment(row["balance_at"]),
        row["tier"],
        parsed(row["own_fields"]),
        row["program"],
        row["brand"] or "",
        own_id_of(ctx, row["data_key"], row["sealed"]),
        [(kind, moment(at)) for kind, name in _WALLETS if (at := row[name]) is not None],
    )


def _moment(value: Any) -> datetime | None:
    return None if value is None else moment(value)
