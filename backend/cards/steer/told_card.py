"""Cards as their brand is told of them, by one statement: with the keys of program and brand, and
the brand's own id of the customer where it has assigned the card."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from backend.cards.assign.named import own_id_of
from backend.platform.context import Context
from backend.platform.database import among, asked_together, columns, is_postgres, part, rows
from backend.platform.dialect import moment
from catalog.tenant import Scope
from models.card import Card
from models.refusal import Code, Refusal
from models.wallet_pass import WalletKind

# of all: of the accounts that the scope has
_TOLD = """
SELECT {columns}, p.key AS program_key, b.key AS brand_key, u.data_key, a.sealed{phones}
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


@dataclass(frozen=True, slots=True)
class ToldCard:
    """`brand` and `own_id` are empty where there is none. `phones`: wallets of phones in which it
    is, and since when."""

    card: Card
    program: str
    brand: str
    own_id: str
    phones: tuple[tuple[WalletKind, datetime], ...] = ()


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
    return {row["c__id"]: row for row in found}


@cache
def statement(*, _postgres: bool) -> str:
    """Put together once for each dialect."""
    phones = "".join(_SINCE.format(wallet=wallet.value) for wallet in WalletKind)
    return _TOLD.format(columns=columns(Card, "c"), phones=phones, ids=among(1), accounts=among(2))


def _told(ctx: Context, row: dict[str, Any]) -> ToldCard:
    own_id = own_id_of(ctx, row["data_key"], row["sealed"])
    card = part(Card, "c", row)
    assert card is not None
    return ToldCard(card, row["program_key"], row["brand_key"] or "", own_id, tuple(_phones(row)))


def _phones(row: dict[str, Any]) -> Iterator[tuple[WalletKind, datetime]]:
    for wallet in WalletKind:
        since = row[f"{wallet.value}_since"]
        if since is not None:
            yield wallet, moment(since)
