"""People at a tap: everything is answered from what was loaded, and nothing reaches out."""

import shutil

from backend.cards.issue.application import current_application
from backend.cards.issue.issue_cards import issue_cards
from backend.connections.lanes import Lanes
from backend.customers.contacts.save_contact import save_contact
from backend.reactions import reactions
from catalog.questions.questionnaire import field_to_json
from models.card import Card
from models.connection import PartnerMember, TellingState
from models.contact import ContactKind
from models.customer import Customer
from models.offer import Offer
from models.pool_number import NumberStatus, PoolNumber
from models.program import Program
from tests.jobs.registries.conftest import Trade, zipped
from tests.support.factory.brands import PHONE, make_offer
from tests.support.factory.cards import applied
from tests.support.factory.customers import someone
from tests.support.outbox import run_due

LISTED = "card_number;barcode;phone;status\n77 01;7701;79161234567;active\n"


async def proven(trade: Trade, chat: int, phone: str) -> Customer:
    customer = await someone(trade.ctx, chat)
    await save_contact(trade.ctx, customer, ContactKind.PHONE, phone, verified_by="telegram")
    return await Customer.get(id=customer.id)


async def tapped(trade: Trade, customer: Customer, offer: Offer) -> Card:
    await applied(trade.ctx, customer, [offer])
    current = await current_application(trade.ctx, customer)
    (outcome,) = await issue_cards(trade.ctx, customer, current, shown=True)
    assert outcome.card is not None, outcome.refusal
    return await Card.get(id=outcome.card.id)


async def test_who_is_listed_gets_their_card_and_others_a_number(trade: Trade) -> None:
    trade.puts("Lavka_clients_20261121.csv.zip", zipped(LISTED))
    trade.reserved("A1;", "A2;")
    await trade.turns()
    shutil.rmtree(trade.root)
    asks = [field_to_json(PHONE)]
    await Program.filter(id=trade.program.id).update(questionnaire=asks)
    offer = await make_offer(trade.program, "welcome")
    anna = await tapped(trade, await proven(trade, 1, "+79161234567"), offer)
    assert (anna.printed_number, anna.barcode_value) == ("77 01", "7701")
    boris = await tapped(trade, await proven(trade, 2, "+79160000000"), offer)
    assert boris.printed_number == "A1"
    left = await PoolNumber.filter(status=NumberStatus.FREE)
    assert [row.printed_number for row in left] == ["A2"]
    await run_due(trade.ctx, reactions({}, trade.ctx.clock))
    lanes = Lanes(trade.ctx, trade.connections)
    await lanes.step()
    await lanes.rest()
    told = await PartnerMember.all()
    assert {row.state for row in told} == {TellingState.DONE}
    assert sorted([c.printed_number for c in await Card.all()]) == ["77 01", "A1"]
