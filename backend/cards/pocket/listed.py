"""A page of the wallet: of each card only what its line in a list shows."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from backend.cards.pocket.owner_notes import NOTES
from backend.platform.context import Context
from backend.platform.database import rows
from backend.platform.paging import page_of
from backend.platform.words import spoken
from models.customer import Customer

_CARDS = """
FROM cards k LEFT JOIN wallet_entries e ON e.card_id = k.id
LEFT JOIN brands b ON b.id = k.brand_id LEFT JOIN programs p ON p.id = k.program_id
WHERE k.customer_id = $1 AND k.removed_at IS NULL AND k.hidden = FALSE
"""
_PAGE = f"""
SELECT k.id, k.printed_number, k.balance, e.own, COALESCE(e.starred, FALSE) AS starred,
    COALESCE(b.name_ru, p.name_ru, '') AS name_ru, COALESCE(b.name_en, p.name_en, '') AS name_en,
    COUNT(*) OVER () AS total
{_CARDS} AND (CASE WHEN CAST($2 AS BIGINT) < 0 THEN b.category_id IS NULL
    WHEN $2 > 0 THEN b.category_id = $2 ELSE TRUE END)
ORDER BY {{order}} LIMIT $3 OFFSET $4
"""
_STARRED = "COALESCE(e.starred, FALSE) DESC"
_PAGES = {
    "used": _PAGE.format(order=f"{_STARRED}, COALESCE(e.uses, 0) DESC, k.id"),
    "new": _PAGE.format(order=f"{_STARRED}, k.id DESC"),
    "own": _PAGE.format(order="e.position IS NULL, e.position, k.id"),
}
EVERYTHING, OF_NO_PARTNER = 0, -1
_TALLY = """
SELECT COUNT(CASE WHEN k.hidden THEN 1 END) AS archived,
    COUNT(CASE WHEN k.hidden = FALSE THEN e.position END) AS placed,
    (SELECT COUNT(*) FROM card_shares s JOIN cards o ON o.id = s.card_id
        AND o.customer_id = s.customer_id AND o.removed_at IS NULL
        WHERE s.guest_id = $1 AND s.revoked_at IS NULL) AS shared
FROM cards k LEFT JOIN wallet_entries e ON e.card_id = k.id
WHERE k.customer_id = $1 AND k.removed_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class ListedCard:
    """`given`: the owner's own name of it. Without a brand or a program the names are empty."""

    id: int
    printed_number: str
    balance: Decimal | None
    starred: bool
    given: str
    name_ru: str
    name_en: str

    def name(self, language: str) -> str:
        return self.given or spoken(self, "name", language) or self.printed_number


@dataclass(frozen=True, slots=True)
class CardPage:
    """`page` starts at 0, `total` counts the cards of all pages."""

    cards: list[ListedCard]
    page: int = 0
    pages: int = 1
    total: int = 0


@dataclass(frozen=True, slots=True)
class WalletTally:
    """What the list stands among: how many are in the archive, how many others share; whether
    the owner has put the cards in an order."""

    archived: int = 0
    shared: int = 0
    ordered: bool = False


async def card_page(
    ctx: Context, customer: Customer, sort: str, shelf: int, page: int, size: int
) -> CardPage:
    """Of the cards that are not in the archive. `sort`: used (most used first), new (last added
    first), own; anything else is used. What has a star comes first, but not in the owner's own
    order. `shelf`: a category, EVERYTHING or OF_NO_PARTNER. A page past the end is the last one."""
    found = await page_of(lambda at: _found(customer, sort, shelf, at, size), page, size)
    cards = [_listed(ctx, customer, row) for row in found.rows]
    return CardPage(cards, found.page, found.pages, found.total)


async def _found(
    customer: Customer, sort: str, shelf: int, page: int, size: int
) -> list[dict[str, Any]]:
    statement = _PAGES.get(sort, _PAGES["used"])
    return await rows(statement, [customer.id, shelf, size, page * size])


def _listed(ctx: Context, customer: Customer, row: dict[str, Any]) -> ListedCard:
    balance, notes = row["balance"], NOTES.open(ctx, customer, row["own"]) or {}
    return ListedCard(
        id=row["id"],
        printed_number=row["printed_number"],
        balance=None if balance is None else Decimal(str(balance)),
        starred=bool(row["starred"]),
        given=notes.get("name", ""),
        name_ru=row["name_ru"],
        name_en=row["name_en"],
    )


async def wallet_tally(customer: Customer) -> WalletTally:
    (row,) = await rows(_TALLY, [customer.id])
    return WalletTally(row["archived"], row["shared"], ordered=row["placed"] > 0)
