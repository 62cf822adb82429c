"""Bitrix tells of orders and deals: they stand under the card of whoever has the phone."""

from decimal import Decimal
from typing import Any

from backend.customers.choices.withdraw_personal_data import withdraw_personal_data
from models.card import Card
from models.outbox import OutboxEvent
from models.sale import Sale
from tests.hooks.conftest import House
from tests.partners.bitrix.double import EVENT, event, order
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.cards import issued

SAVED = "ONSALEORDERSAVED"


async def test_the_documented_event_becomes_a_purchase(house: House) -> None:
    path = await house.connected("bitrix")
    house.portal.orders[300] = order(300, "8 (916) 123-45-67", 1480.5)
    assert await house.call(path, EVENT) == (200, {"state": "accepted"})
    await house.work()
    sale = await Sale.get()
    assert (sale.card_id, sale.customer_id) == (house.card.id, house.anna.id)
    assert (sale.amount, sale.currency, sale.number) == (Decimal("1480.50"), "RUB", "300A")
    assert sale.at.isoformat() == "2024-02-28T15:36:55+00:00"
    for _ in range(2):
        await house.call(path, EVENT)
        await house.work()
    assert await Sale.all().count() == 1
    assert await OutboxEvent.filter(kind="SaleRecorded").count() == 1


async def test_unpaid_cancelled_and_deleted_orders_are_none(house: House) -> None:
    path = await house.connected("bitrix")
    house.portal.orders[1] = order(1, "+79161234567", 10, payed="N")
    await house.call(path, event(SAVED, 1))
    await house.work()
    assert await Sale.all().count() == 0
    for gone in ({"canceled": "Y"}, None):
        house.portal.orders[1] = order(1, "+79161234567", 10)
        await house.call(path, event(SAVED, 1))
        await house.work()
        assert await Sale.all().count() == 1
        if gone is None:
            del house.portal.orders[1]
        else:
            house.portal.orders[1] |= gone
        await house.call(path, event("ONORDERDELETED", 1))
        await house.work()
        assert await Sale.all().count() == 0


async def test_a_won_deal_is_a_purchase_of_its_contact(house: House) -> None:
    path = await house.connected("bitrix", orders="both")
    deal: dict[str, Any] = {
        "ID": "7", "TITLE": "x", "OPPORTUNITY": "900.00", "CURRENCY_ID": "RUB", "CONTACT_ID": "5",
        "STAGE_ID": "EXECUTING", "STAGE_SEMANTIC_ID": "P",
        "DATE_CREATE": "2026-11-27T10:00:00+03:00",
    }  # fmt: skip
    house.portal.deals[7] = deal
    house.portal.contacts[5] = {"PHONE": [{"VALUE": "нет"}, {"VALUE": "89161234567"}]}
    await house.call(path, event("ONCRMDEALUPDATE", 7))
    await house.work()
    assert await Sale.all().count() == 0
    deal |= {"STAGE_ID": "WON", "STAGE_SEMANTIC_ID": "S"}
    await house.call(path, event("ONCRMDEALUPDATE", 7))
    await house.work()
    assert (await Sale.get()).amount == Decimal("900.00")


async def test_the_card_itself_comes_before_the_phone(house: House) -> None:
    path = await house.connected("bitrix", card_property="CARD")
    number = house.card.printed_number
    told = [{"code": "CARD", "value": number}, {"code": "PHONE", "value": "+79990000000"}]
    house.portal.orders[2] = order(2, "", 5, propertyValues=told)
    await house.call(path, event(SAVED, 2))
    await house.work()
    assert (await Sale.get()).card_id == house.card.id


async def test_only_the_accounts_own_people_and_only_while_they_agree(house: House) -> None:
    other = await make_account("other")
    program = await make_program(other, "other-card", numbers=5)
    offer = await make_offer(program, "other")
    await issued(house.ctx, house.anna, [offer])
    path = await house.connected("bitrix")
    house.portal.orders[3] = order(3, "+79035556677", 5)
    house.portal.orders[4] = order(4, "+79161234567", 5)
    await house.call(path, event(SAVED, 3))
    await withdraw_personal_data(house.ctx, house.anna, house.account.id)
    await OutboxEvent.exclude(kind="PartnerCalled").delete()
    await house.call(path, event(SAVED, 4))
    await house.work()
    assert await Sale.all().count() == 0
    assert await Card.filter(customer_id=house.anna.id).count() == 2
    assert await house.failed() == []


async def test_events_of_the_stock_and_unknown_ones_say_nothing(house: House) -> None:
    path = await house.connected("bitrix")
    for name in ("CATALOG.PRODUCT.ON.UPDATE", "ONCRMDEALADD", "ONAPPUNINSTALL", ""):
        assert await house.call(path, event(name, 1)) == (200, {"state": "nothing"})
    assert await house.call(path, event(SAVED, 1) | {"data[FIELDS][ID]": "1;2"}) == (
        200, {"state": "nothing"},
    )  # fmt: skip
    assert house.portal.asked == []


async def test_another_application_token_is_forbidden(house: House) -> None:
    path = await house.connected("bitrix")
    for token in ("", "51856fefc120afa4b628cc82d3935ccf", "Ы"):
        status, _ = await house.call(path, EVENT | {"auth[application_token]": token})
        assert status == 403
    assert await OutboxEvent.all().count() == 0


async def test_a_webhook_that_may_not_read_says_so(house: House) -> None:
    path = await house.connected("bitrix")
    house.portal.scopes.clear()
    house.portal.orders[300] = order(300, "+79161234567", 1)
    await house.call(path, EVENT)
    await house.work()
    (why,) = await house.failed()
    assert "the webhook may not do this (403)" in why
