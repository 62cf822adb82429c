"""RetailCRM's triggers: a balance, a level, an order has changed, and the card shows it."""

from datetime import timedelta
from decimal import Decimal

from aiohttp import web

from models.card import Card, CardStatus
from models.outbox import OutboxEvent
from models.sale import Sale
from tests.hooks.conftest import House
from tests.partners.faults import BEFORE, Fault
from tests.support.clock import StoppedClock


def account_of(house: House, amount: float, status: str = "activated") -> None:
    house.crm.customers[4787] = {"id": 4787, "externalId": "36", "site": "lavka"}
    house.crm.accounts[160] = {
        "id": 160, "customer": {"id": 4787, "externalId": "36", "site": "lavka"},
        "phoneNumber": "88005553125", "cardNumber": house.card.printed_number, "amount": amount,
        "active": status == "activated", "status": status, "loyalty": {"id": 3},
        "level": {"type": "discount", "id": 16, "name": "Золотой"},
    }  # fmt: skip


async def told() -> list[tuple[str, dict[str, object]]]:
    rows = await OutboxEvent.exclude(kind="PartnerCalled").order_by("id")
    return [(row.kind, row.payload) for row in rows]


async def test_a_balance_reaches_the_card(house: House) -> None:
    path = await house.connected("retailcrm")
    account_of(house, 655.7)
    assert await house.call(path, {"account": "160"}) == (200, {"state": "accepted"})
    await house.work()
    card = await Card.get(id=house.card.id)
    assert (card.balance, card.tier) == (Decimal("655.70"), "Золотой")
    ((kind, payload),) = await told()
    assert kind == "BalanceChanged"
    assert (payload["before"], payload["after"]) == ("", "655.70")
    # Twice, late, and in another form: nothing has changed.
    for _ in range(2):
        await house.call(path, {"account": "160"})
    async with house.site.post(path, json={"account": 160}) as answer:
        assert await answer.json() == {"state": "accepted"}
    await house.work()
    assert len(await told()) == 1
    assert await house.failed() == []


async def test_whoever_is_overtaken_asks_again(house: House, clock: StoppedClock) -> None:
    """While the answer was under way somebody else has written a newer balance."""
    path = await house.connected("retailcrm")
    account_of(house, 10)
    overtaken = 0

    def meanwhile(request: web.Request, position: int) -> None:
        nonlocal overtaken
        if overtaken == 0:
            overtaken += 1
            clock.advance(seconds=1)
            house.crm.accounts[160]["amount"] = 20

    house.crm.faults.choose = meanwhile
    await Card.filter(id=house.card.id).update(
        balance=Decimal(20), balance_at=clock() + timedelta(milliseconds=500)
    )
    await house.call(path, {"account": "160"})
    await house.work()
    assert (overtaken, house.crm.faults.requests) == (1, 2)
    assert (await Card.get(id=house.card.id)).balance == Decimal("20.00")
    assert await house.failed() == []


async def test_an_order_stands_under_the_card_with_its_status(house: House) -> None:
    path = await house.connected("retailcrm", timezone="Europe/Samara")
    account_of(house, 10)
    order = {
        "id": 6473, "number": "10A", "createdAt": "2026-11-27 13:40:00", "status": "new",
        "totalSumm": 2151.5, "site": "lavka", "customer": {"id": 4787}, "shipmentStore": "kazan-1",
    }  # fmt: skip
    house.crm.orders.append(order)
    await house.call(path, {"order": "6473"})
    await house.work()
    sale = await Sale.get()
    assert (sale.source, sale.external_id, sale.status) == ("retailcrm", "6473", "new")
    assert (sale.amount, sale.card_id) == (Decimal("2151.50"), house.card.id)
    assert sale.at.isoformat() == "2026-11-27T09:40:00+00:00"
    order["status"] = "complete"
    for _ in range(2):
        await house.call(path, {"order": "6473"})
        await house.work()
    assert (await Sale.get()).status == "complete"
    kinds = [kind for kind, _ in await told()]
    assert kinds == ["BalanceChanged", "SaleRecorded", "SaleRecorded"], "each once"


async def test_a_stopped_account_blocks_the_card_and_back(house: House) -> None:
    path = await house.connected("retailcrm")
    account_of(house, 1, "deactivated")
    await house.call(path, {"customer": "4787"})
    await house.work()
    assert (await Card.get(id=house.card.id)).status is CardStatus.BLOCKED
    account_of(house, 1)
    await house.call(path, {"customer": "4787"})
    await house.work()
    assert (await Card.get(id=house.card.id)).status is CardStatus.ACTIVE


async def test_while_the_crm_is_away_nothing_is_lost(house: House, clock: StoppedClock) -> None:
    path = await house.connected("retailcrm")
    account_of(house, 5)
    house.crm.faults.next(BEFORE, Fault.ERROR_500)
    assert (await house.call(path, {"account": "160"}))[0] == 200
    await house.work()
    (why,) = await house.failed()
    assert "reading an account: answered 500" in why
    assert house.card.printed_number not in why
    await house.call(path, {"account": "160"})
    clock.advance(seconds=5)
    await house.work()
    assert (await Card.get(id=house.card.id)).balance == Decimal("5.00")


async def test_what_says_nothing_does_nothing(house: House) -> None:
    path = await house.connected("retailcrm")
    for given in ({}, {"account": "../1"}, {"account": "1" * 30}, {"colour": "1"}):
        assert await house.call(path, given) == (200, {"state": "nothing"})
    assert await OutboxEvent.all().count() == 0
    # Somebody else's card, and none at all.
    account_of(house, 9)
    house.crm.accounts[160]["cardNumber"] = "another"
    await house.call(path, {"account": "160"})
    await house.work()
    assert (await Card.get(id=house.card.id)).balance is None
    assert await house.failed() == []
