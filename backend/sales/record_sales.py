"""Write down what was bought: each receipt once, by its source's own id."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from backend.analytics.add import Counted, add_facts
from backend.analytics.zones import day_of, zones_of
from backend.cards.steer.numbered import NumberedCard, cards_numbered
from backend.platform.context import Context
from backend.platform.database import is_postgres, places, rows
from backend.sales.told_sale import ToldSale
from models.fact import FactKind
from models.program import Program
from models.sale import SaleSource

# Values of a statement are bounded.
ROWS = 200
# of all: of the cards that were found in their program
_ADD = """
INSERT INTO sales (account_id, customer_id, card_id, source, external_id, number, at, amount,
    currency, store, status, told_at)
VALUES {rows} ON CONFLICT (account_id, source, external_id) {otherwise} RETURNING external_id
"""
_NOTHING = "DO NOTHING"
_PUT_RIGHT = """
DO UPDATE SET customer_id = excluded.customer_id, card_id = excluded.card_id,
    number = excluded.number, at = excluded.at, amount = excluded.amount,
    currency = excluded.currency, store = excluded.store, status = excluded.status,
    told_at = excluded.told_at
"""
Chosen = Sequence[tuple[ToldSale, NumberedCard]]


async def record_sales(
    ctx: Context, program: Program, source: SaleSource, given: Sequence[ToldSale]
) -> list[int]:
    """Inside a transaction; the lines whose number no card of the program has. Of lines about one
    receipt the last holds; one that is known is put right."""
    found = await cards_numbered(program.id, [told.card for told in given]) if given else {}
    last = {told.id: place for place, told in enumerate(given) if place in found}
    # In one order, whoever writes, so that nobody waits in a ring.
    chosen = [(given[place], found[place]) for _, place in sorted(last.items())]
    for first in range(0, len(chosen), ROWS):
        await write_sales(ctx, program.account_id, source, chosen[first : first + ROWS])
    return [told.line for place, told in enumerate(given) if place not in found]


async def write_sales(ctx: Context, account_id: int, source: SaleSource, chosen: Chosen) -> None:
    """Inside a transaction; at most ROWS, no id twice."""
    whose, now = (account_id, source.value), ctx.clock()
    made = {told.id: _row(whose, told, card, now) for told, card in chosen}
    new = await _put(list(made.values()), _NOTHING)
    if known := [row for id_, row in made.items() if id_ not in new]:
        await _put(known, _PUT_RIGHT)
    await _count(account_id, source, [each for each in chosen if each[0].id in new])


async def _put(made: list[list[Any]], otherwise: str) -> set[str]:
    marks = places(len(made), len(made[0]))
    values = [value for row in made for value in row]
    put = await rows(_ADD.format(rows=marks, otherwise=otherwise), values)
    return {row["external_id"] for row in put}


async def _count(account_id: int, source: SaleSource, new: Chosen) -> None:
    if not new:
        return
    zones = await zones_of({account_id})

    def counted(told: ToldSale, card: NumberedCard) -> Counted:
        kind = FactKind.SALE_RETURNED if told.amount < 0 else FactKind.SALE_RECORDED
        day = day_of(zones, account_id, told.at)
        return Counted(account_id, card.brand_id or 0, day, kind, source.value)

    await add_facts((counted(told, card), int(abs(told.amount) * 100)) for told, card in new)


def _row(whose: tuple[int, str], told: ToldSale, card: NumberedCard, now: datetime) -> list[Any]:
    account_id, source = whose
    amount = told.amount if is_postgres() else f"{told.amount:.2f}"
    about = [told.number, told.at, amount, told.currency, told.store, told.status]
    return [account_id, card.customer_id, card.id, source, told.id, *about, now]
