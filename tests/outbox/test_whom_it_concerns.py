"""A reaction that concerns nobody makes no row: cards that a partner assigned by the thousand."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from backend.events.cards import CardIssued
from backend.outbox.fan_out import fan_out
from backend.outbox.reaction import Reaction
from backend.platform.context import Context
from backend.reactions import Book, reactions
from models.card import Card, CardOrigin
from models.number_wait import NumberWait
from models.outbox import OutboxDelivery, OutboxEvent
from tests.outbox.cards import announce_cards, card
from tests.outbox.noting import Noting
from tests.support.database.counting import statements
from tests.support.edge.notebook import Notebook
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.cards import issued_card
from tests.support.outbox import run_due

pytestmark = pytest.mark.usefixtures("database")
ASSIGNED = 1_000


async def names() -> list[str]:
    found = await OutboxDelivery.all().order_by("id").values_list("reaction", flat=True)
    return sorted(str(name) for name in found)


async def test_a_thousand_assigned_cards_are_one_delivery(ctx: Context) -> None:
    """Whatever their number, the account's chain is extended once, and nobody is written to."""
    cards = [card(n, owner=n, origin="assigned") for n in range(1, ASSIGNED + 1)]
    await announce_cards(ctx, *cards)
    notebook = Notebook()
    book = reactions({"telegram": notebook})
    async with statements() as sent:
        while await fan_out(ctx.clock(), book.plan()):
            continue
    assert await names() == ["seal"]
    assert await OutboxEvent.filter(fanned_out_at=None).count() == 0
    assert len(sent) < ASSIGNED / 20
    assert await run_due(ctx, book) == 1
    assert await OutboxDelivery.filter(done_at=None).count() == 0
    assert notebook.sent == []


async def test_each_reaction_of_a_card_has_its_row_where_it_concerns_somebody(
    ctx: Context,
) -> None:
    """Анна waited for a number, Борис carries the same number by hand, Вера looks on, Глеб has a
    card that was made without him."""
    offer = await make_offer(await make_program(await make_account()))
    anna, boris, vera, gleb = [await issued_card(ctx, 1001 + n) for n in range(4)]
    await NumberWait.create(
        customer_id=anna.customer_id,
        program_id=anna.program_id,
        offer_id=offer.id,
        created_at=ctx.clock(),
    )
    await carried_by_hand(ctx, boris)
    for event in (anna, boris, vera):
        await announce_cards(ctx, shown(event))
    await announce_cards(ctx, gleb)
    await fan_out(ctx.clock(), reactions({}).plan())
    assert await names() == ["archive_external", "seal", "stop_waiting", "welcome"]
    of_whom = {
        row.reaction: row.event.payload["customer_id"]
        for row in await OutboxDelivery.all().select_related("event")
    }
    assert of_whom["archive_external"] == boris.customer_id
    assert of_whom["stop_waiting"] == anna.customer_id
    assert of_whom["welcome"] == gleb.customer_id


def shown(event: CardIssued) -> CardIssued:
    return replace(event, shown=True)


async def carried_by_hand(ctx: Context, event: CardIssued) -> None:
    issued = await Card.get(id=event.card_id)
    await Card.create(
        customer_id=event.customer_id,
        printed_number=issued.printed_number,
        barcode_value=issued.barcode_value,
        barcode_format=issued.barcode_format,
        origin=CardOrigin.EXTERNAL,
        created_at=ctx.clock(),
    )


async def test_a_mistake_in_the_question_means_yes(ctx: Context) -> None:
    """The reaction itself decides, and no event waits for the mistake to be mended."""

    def broken(_event: CardIssued) -> bool:
        raise KeyError("oops")

    async def broken_for_many(_events: Sequence[CardIssued]) -> list[CardIssued]:
        raise KeyError("oops")

    def too_long(_event: CardIssued) -> str:
        return "x" * 65

    seen = Noting()
    rules = {
        "applies": Reaction(seen, applies=broken),
        "among": Reaction(seen, among=broken_for_many),
        "keys": Reaction(seen, order=too_long, coalesce=too_long),
    }
    await announce_cards(ctx, card(1), card(2))
    await run_due(ctx, Book({CardIssued: rules}))
    assert sorted(seen.cards) == [1, 1, 1, 2, 2, 2]
