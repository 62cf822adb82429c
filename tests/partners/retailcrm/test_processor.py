"""A person gets a loyalty account in RetailCRM, once, and what happens there is read."""

import asyncio
from dataclasses import replace
from decimal import Decimal
from random import Random
from uuid import uuid4

import pytest
from aiohttp import ClientSession, ClientTimeout

from backend.partners.member import CardNumber, CardState, Member, Subscription
from backend.partners.way import Way
from backend.platform.clock import utc_now
from backend.platform.failures import GiveUp, NeedsSettings, TryLater
from models.refusal import Code, Refusal
from tests.partners.faults import AFTER, EVERY, Fault, Trouble, mixed
from tests.partners.retailcrm.conftest import ANNA, BORIS, CLUB, NUMBER, OTHER, House

KEY = uuid4()


async def test_a_card_is_a_customer_with_an_account(house: House) -> None:
    processor = house.processor(custom_fields={"shoe": "shoe_size"})
    card = await processor.issue(CLUB, ANNA, NUMBER, KEY)
    (customer,) = house.crm.customers.values()
    assert card.theirs == str(customer["id"])
    assert (card.number, card.state) == (NUMBER, CardState.ACTIVE)
    assert card.balance is not None
    assert card.balance.tier == "Базовый уровень"
    assert customer == {
        "id": customer["id"], "site": "lavka", "externalId": "karman-c-7", "lastName": "Орлова",
        "firstName": "Анна", "email": "anna@example.ru", "sex": "female",
        "address": {"city": "Казань"}, "phones": [{"number": "+79161234567"}],
        "customFields": {"shoe_size": "38"},
    }  # fmt: skip
    (account,) = house.crm.accounts.values()
    assert (account["cardNumber"], account["phoneNumber"]) == (NUMBER.barcode, ANNA.phone)


async def test_again_changes_nothing_and_another_number_brings_the_first(house: House) -> None:
    processor = house.processor()
    first = await processor.issue(CLUB, ANNA, NUMBER, KEY)
    assert await processor.issue(CLUB, ANNA, NUMBER, KEY) == first
    held = await processor.issue(CLUB, ANNA, OTHER, uuid4())
    assert held.number.barcode == NUMBER.barcode
    assert (len(house.crm.customers), len(house.crm.accounts)) == (1, 1)


async def test_a_number_of_somebody_else_is_refused(house: House) -> None:
    processor = house.processor()
    await processor.issue(CLUB, ANNA, NUMBER, KEY)
    with pytest.raises(Refusal) as refused:
        await processor.issue(CLUB, BORIS, NUMBER, uuid4())
    assert refused.value.code is Code.NUMBER_BOUND


@pytest.mark.parametrize("trouble", EVERY, ids="-".join)
async def test_whatever_is_lost_there_is_one_account(house: House, trouble: Trouble) -> None:
    """In every position of the conversation; whoever waits is told to try later."""
    slow = trouble[1] is Fault.TIME_OUT
    session = ClientSession(timeout=ClientTimeout(total=0.5 if slow else 10))
    processor = house._replace(way=Way(session, utc_now)).processor()
    # The same position may be struck again by a slow machine, never for ever.
    for position in (2, 5) if slow else range(1, 7):
        house.crm.customers.clear()
        house.crm.accounts.clear()
        house.crm.faults.none()
        house.crm.faults.at(position, *trouble)
        card = None
        for _ in range(5):
            try:
                card = await processor.issue(CLUB, ANNA, NUMBER, KEY)
                break
            except TryLater:
                continue
        assert card is not None
        assert card.number.printed == NUMBER.printed
        assert (len(house.crm.customers), len(house.crm.accounts)) == (1, 1), position
        (account,) = house.crm.accounts.values()
        assert account["active"]
        assert len(account["phoneNumber"]) == 12
    await session.close()


async def test_of_many_people_each_has_one_account_with_their_number(house: House) -> None:
    """Every fifth answer goes wrong, by chance, and several are at it at once."""
    processor = house.processor(per_second=100)
    quick = tuple(each for each in EVERY if each[1] is not Fault.TIME_OUT)
    house.crm.faults.choose = mixed(Random(11), 0.2, quick)

    async def issued(number: int) -> None:
        phone = f"+7916{number:07}"
        person = Member(f"c-{number}", phone=phone, phone_verified=True, first_name="Анна")
        card = CardNumber(f"46 {number:04}", f"46{number:04}")
        for _ in range(30):
            try:
                told = await processor.issue(CLUB, person, card, uuid4())
            except TryLater:
                continue
            assert told.number == card
            return
        raise AssertionError(f"{number} was never issued")

    async with asyncio.TaskGroup() as people:
        for number in range(30):
            people.create_task(issued(number))
    assert sum(house.crm.faults.happened.values()) > 20
    assert len(house.crm.customers) == 30
    accounts = list(house.crm.accounts.values())
    whose = {each["customer"]["externalId"]: each["cardNumber"] for each in accounts}
    assert len(accounts) == 30
    assert whose == {f"karman-c-{number}": f"46{number:04}" for number in range(30)}


async def test_who_is_known_there_by_the_phone_is_not_made_twice(house: House) -> None:
    house.crm.customers[5] = {
        "id": 5, "externalId": None, "site": "lavka", "phones": [{"number": "89161234567"}]
    }  # fmt: skip
    processor = house.processor()
    assert (await processor.issue(CLUB, ANNA, NUMBER, KEY)).theirs == "5"
    assert house.crm.customers[5]["externalId"] == "karman-c-7"
    assert house.crm.customers[5]["phones"] == [{"number": "89161234567"}], "it is the same"
    changed = replace(ANNA, theirs="5", phone="+79160000000", first_name="Анна-Мария")
    assert await processor.update_profile(CLUB, changed, KEY) == "5"
    phones = [each["number"] for each in house.crm.customers[5]["phones"]]
    assert phones == ["89161234567", "+79160000000"]
    assert house.crm.customers[5]["firstName"] == "Анна-Мария"


async def test_an_unproven_phone_joins_nobody(house: House) -> None:
    house.crm.customers[5] = {
        "id": 5, "externalId": None, "site": "lavka", "phones": [{"number": "+79161234567"}]
    }  # fmt: skip
    stranger = replace(ANNA, phone_verified=False)
    assert (await house.processor().issue(CLUB, stranger, NUMBER, KEY)).theirs != "5"
    assert await house.processor().find_by_contact(CLUB, stranger) is None


async def test_an_account_is_found_by_the_phone(house: House) -> None:
    processor = house.processor()
    assert await processor.find_by_contact(CLUB, ANNA) is None
    await processor.issue(CLUB, ANNA, NUMBER, KEY)
    found = await processor.find_by_contact(CLUB, replace(ANNA, id="another"))
    assert found is not None
    assert (found.number.printed, found.number.barcode) == (NUMBER.barcode, NUMBER.barcode)
    (account,) = house.crm.accounts.values()
    account |= {"active": False, "status": "deactivated"}
    with pytest.raises(Refusal) as refused:
        await processor.find_by_contact(CLUB, ANNA)
    assert refused.value.code is Code.CARD_BLOCKED


async def test_an_sms_of_theirs_leaves_the_card_inactive(house: House) -> None:
    house.crm.sms = True
    card = await house.processor().issue(CLUB, ANNA, NUMBER, KEY)
    assert card.state is CardState.INACTIVE


async def test_consents_are_subscriptions_and_fields(house: House) -> None:
    more = {
        "categories": {"lavka": "news"},
        "consent_fields": {"lavka:telegram": "tg_ok", "kofe:telegram": "tg_ok"},
    }
    processor = house.processor(**more)
    told = [
        Subscription("lavka", "email", True),
        Subscription("lavka", "sms", False),
        Subscription("lavka", "telegram", True),
        Subscription("kofe", "telegram", False),
    ]
    await processor.tell_consents(CLUB, ANNA, told, KEY)
    (id_,) = house.crm.customers
    assert house.crm.subscribed[id_] == {("email", "news"): True, ("sms", "news"): False}
    assert house.crm.customers[id_]["customFields"] == {"tg_ok": False}, "one of two said no"


async def test_balance_and_history(house: House) -> None:
    processor = house.processor(timezone="Europe/Samara")
    card = await processor.issue(CLUB, ANNA, NUMBER, KEY)
    ((id_, account),) = house.crm.accounts.items()
    account["amount"] = 655.7
    house.crm.operations[id_] = [
        {"type": "charge_for_order", "createdAt": "2020-11-27 13:45:39", "amount": -247,
         "order": {"id": 6473, "externalId": "10"}},
        {"type": "credit_for_order", "createdAt": "2020-11-27 13:47:57", "amount": 215.1,
         "order": {"id": 6473, "externalId": "10"}, "bonus": {"activationDate": "2020-11-27"}},
    ]  # fmt: skip
    house.crm.orders.append(
        {"id": 6473, "number": "10A", "createdAt": "2020-11-27 13:40:00", "status": "complete",
         "totalSumm": 2151, "customer": {"id": int(card.theirs)}}
    )  # fmt: skip
    balance = await processor.balance(CLUB, ANNA, NUMBER)
    assert balance is not None
    assert balance.available == Decimal("655.7")
    assert await processor.balance(CLUB, ANNA, OTHER) is None
    history = await processor.history(CLUB, ANNA, NUMBER, 10)
    assert [(line.amount, line.text, line.order) for line in history] == [
        (Decimal("215.1"), "Начислено за заказ 10", "10"),
        (Decimal(-247), "Списано за заказ 10", "10"),
        (Decimal(2151), "Заказ 10A: complete", "10A"),
    ]
    assert history[0].at.isoformat() == "2020-11-27T13:47:57+04:00"
    assert len(await processor.history(CLUB, ANNA, NUMBER, 2)) == 2
    assert await processor.history(CLUB, ANNA, OTHER, 2) == []


async def test_who_has_left_gives_the_number_back(house: House) -> None:
    processor = house.processor()
    await processor.issue(CLUB, ANNA, NUMBER, KEY)
    await processor.release(CLUB, BORIS, NUMBER, KEY)
    (account,) = house.crm.accounts.values()
    assert account["cardNumber"] == NUMBER.barcode, "it is not theirs to give"
    await processor.release(CLUB, ANNA, NUMBER, KEY)
    await processor.release(CLUB, ANNA, NUMBER, KEY)
    assert account["cardNumber"] == ""


async def test_what_people_read_may_be_the_number_there(house: House) -> None:
    processor = house.processor(card_number="printed")
    card = await processor.issue(CLUB, ANNA, NUMBER, KEY)
    assert card.number == NUMBER
    (account,) = house.crm.accounts.values()
    assert account["cardNumber"] == NUMBER.printed
    assert await processor.balance(CLUB, ANNA, NUMBER) is not None


async def test_each_program_has_its_shop_and_loyalty_program(house: House) -> None:
    processor = house.processor(site="nowhere", sites={"lavka-card": "romashka"})
    await processor.issue(CLUB, ANNA, NUMBER, KEY)
    (customer,) = house.crm.customers.values()
    assert customer["site"] == "romashka"


async def test_what_is_wrong_with_settings_says_so_without_secrets(house: House) -> None:
    with pytest.raises(NeedsSettings) as wrong:
        await house.processor(site="nowhere").issue(CLUB, ANNA, NUMBER, KEY)
    assert wrong.value.reason == "opening an account: refused, wrong are site"
    with pytest.raises(NeedsSettings) as wrong:
        await house.processor().issue(CLUB, ANNA, None, KEY)
    assert "pool" in wrong.value.reason
    told = [Subscription("lavka", "sms", True)]
    with pytest.raises(NeedsSettings):
        await house.processor(subscriptions={"sms": "pigeon"}).tell_consents(CLUB, ANNA, told, KEY)


async def test_a_busy_crm_says_how_long(house: House) -> None:
    house.crm.faults.next(AFTER, Fault.TOO_MANY)
    with pytest.raises(TryLater) as later:
        await house.processor().balance(CLUB, ANNA, NUMBER)
    assert later.value.after is not None
    assert later.value.after.total_seconds() == 2


def test_reasons_quote_nobody() -> None:
    from backend.partners.retailcrm.translated import translated
    from backend.partners.retailcrm.wire.errors import Refused

    with pytest.raises(GiveUp) as told, translated("writing"):
        raise Refused(400, "Анна Орлова is wrong", {"firstName": "«Анна» is too long"})
    assert told.value.reason == "writing: refused, wrong are firstName"
