"""The cards of passes with all that stands around them, in one narrow statement: a phone that asks
for its newest card waits for it, and so does every batch that is looked at anew."""

from collections.abc import Sequence
from functools import cache

from backend.platform.database import among, columns, part, rows
from models.account import Account
from models.brand import Brand
from models.card import Card
from models.city import City
from models.customer import Customer
from models.program import Program


@cache
def _statement() -> str:
    parts = (
        (Card, "c"), (Program, "p"), (Account, "a"), (Brand, "b"), (Customer, "u"), (City, "t"),
    )  # fmt: skip
    read = ", ".join(columns(model, alias) for model, alias in parts)
    # of all: the passes in hand
    return f"""
SELECT w.id, {read} FROM wallet_passes w JOIN cards c ON c.id = w.card_id
JOIN programs p ON p.id = c.program_id JOIN accounts a ON a.id = p.account_id
LEFT JOIN brands b ON b.id = c.brand_id JOIN customers u ON u.id = c.customer_id
LEFT JOIN cities t ON t.id = u.city_id WHERE w.id {{passes}}
"""  # noqa: S608  names of columns alone


async def cards_of(pass_ids: Sequence[int]) -> dict[int, Card]:
    """By pass; with program and account, brand, owner and their city."""
    found = {}
    for row in await rows(_statement().format(passes=among(1)), [list(pass_ids)]):
        card, program, account = (
            part(Card, "c", row),
            part(Program, "p", row),
            part(Account, "a", row),
        )
        owner = part(Customer, "u", row)
        assert card is not None
        assert program is not None
        assert account is not None
        assert owner is not None
        program.account, owner.city = account, part(City, "t", row)
        card.program, card.brand, card.customer = program, part(Brand, "b", row), owner
        found[row["id"]] = card
    return found
