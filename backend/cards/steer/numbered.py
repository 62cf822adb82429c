"""Cards by their numbers, as people read them or as they are scanned."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from backend.platform.database import among, is_postgres, rows
from catalog.tenant import Scope

_NUMBERS_ON_POSTGRES = "unnest($2::text[]) WITH ORDINALITY AS g(number, place)"
_NUMBERS_ON_SQLITE = "(SELECT e.value AS number, e.key + 1 AS place FROM json_each($2) e) AS g"
# CROSS: SQLite keeps the order, else it may look at the list anew for each card.
_FIND = """
SELECT g.place, c.id, c.customer_id, c.brand_id, c.status, c.removed_at
FROM {numbers} CROSS JOIN cards c CROSS JOIN customers u
WHERE c.program_id = $1 AND c.printed_number = g.number
    AND u.id = c.customer_id AND u.deleted_at IS NULL
UNION
SELECT g.place, c.id, c.customer_id, c.brand_id, c.status, c.removed_at
FROM {numbers} CROSS JOIN cards c CROSS JOIN customers u
WHERE c.program_id = $1 AND c.barcode_value = g.number
    AND u.id = c.customer_id AND u.deleted_at IS NULL
"""
# Each way by an index of its own: of either at once PostgreSQL reads every card.
# of all: of the accounts that the scope has
_OF_SCOPE = """
SELECT c.id AS id FROM programs p JOIN cards c ON c.program_id = p.id
WHERE p.account_id {accounts} AND c.barcode_value IN ($2, $3)
UNION
SELECT c.id AS id FROM programs p JOIN cards c ON c.program_id = p.id
WHERE p.account_id {accounts} AND c.printed_number = $2
ORDER BY id
"""


class NumberedCard(NamedTuple):
    """`removed_at` is when it left the wallet."""

    id: int
    customer_id: int
    brand_id: int | None
    status: str
    removed_at: Any


async def cards_numbered(program_id: int, numbers: Sequence[str]) -> dict[int, NumberedCard]:
    """By place in the list; nothing where no card has the number, or nobody owns it any more."""
    where = _NUMBERS_ON_POSTGRES if is_postgres() else _NUMBERS_ON_SQLITE
    found = await rows(_FIND.format(numbers=where), [program_id, list(numbers)])
    return {int(row["place"]) - 1: _card(row) for row in found}


async def ids_numbered(scope: Scope, number: str) -> list[int]:
    """Of the scope's cards with this number, as it is read or as it is scanned."""
    statement = _OF_SCOPE.format(accounts=among(1))
    found = await rows(statement, [sorted(scope.accounts), number, number.replace(" ", "")])
    return [row["id"] for row in found]


def _card(row: dict[str, Any]) -> NumberedCard:
    owned = row["customer_id"], row["brand_id"]
    return NumberedCard(int(row["id"]), *owned, row["status"], row["removed_at"])
