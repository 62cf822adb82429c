"""Борис gets a card of a brand that has RetailCRM: an account there, and its balance here."""

from dataclasses import replace
from decimal import Decimal
from typing import cast

from backend.cards.issue.application import current_application
from backend.cards.issue.issue_cards import issue_cards
from backend.connections.lanes import Lanes
from backend.partners.registry import ConnectedProcessors
from backend.platform.context import person
from backend.platform.door import BOT
from models.card import Card
from models.connection import Connection, PartnerMember, TellingState
from tests.hooks.conftest import House
from tests.support.factory.brands import NAME, PHONE, make_offer, make_program
from tests.support.factory.cards import applied
from tests.support.factory.customers import someone


async def test_from_the_tap_to_the_balance(house: House) -> None:
    path = await house.connected("retailcrm", consent_fields={"club:telegram": "tg_ok"})
    connection = await Connection.get(vendor="retailcrm")
    program = await make_program(
        house.account, "club", fields=(NAME, PHONE), numbers=3, connection_id=connection.id
    )
    offer = await make_offer(program, "club")
    boris = await someone(house.ctx, 2)
    asking = replace(house.ctx, actor=person(boris.id), door=BOT)
    answers = {"given_name": "Борис", "phone": "+79031112233"}
    await applied(asking, boris, [offer], answers=answers, channels=("telegram",))
    current = await current_application(asking, boris)
    (outcome,) = await issue_cards(asking, boris, current, shown=True)
    assert outcome.card is not None

    await house.work()
    lanes = Lanes(house.ctx, cast("ConnectedProcessors", house.ctx.processors).connections)
    await lanes.step()
    await lanes.rest()
    assert (await PartnerMember.get()).state is TellingState.DONE
    (customer,) = house.crm.customers.values()
    assert (customer["firstName"], customer["phones"]) == ("Борис", [{"number": "+79031112233"}])
    assert customer["customFields"] == {"tg_ok": True}
    (account,) = house.crm.accounts.values()
    assert account["cardNumber"] == outcome.card.barcode_value
    assert account["active"]

    account["amount"] = 77.5
    await house.call(path, {"account": str(account["id"])})
    await house.work()
    assert (await Card.get(id=outcome.card.id)).balance == Decimal("77.50")
    assert (len(house.crm.customers), len(house.crm.accounts)) == (1, 1)
