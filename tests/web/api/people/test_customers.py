"""«Лавка» looks up cards and people, and knows of each what they let it know."""

from urllib.parse import quote

import pytest

from backend.access.rights import Right
from backend.customers.choices.withdraw_personal_data import withdraw_personal_data
from backend.customers.contacts.save_contact import save_contact
from backend.platform.context import Context
from backend.wallets.give_pass import give_pass
from backend.wallets.installed import installed
from models.account import Account
from models.card import Card
from models.contact import Contact, ContactKind
from models.customer import Customer
from models.wallet_pass import WalletKind
from tests.support.caller import Caller, caller
from tests.support.factory.assigning import assigned, claimed, proven
from tests.support.factory.brands import PHONE, make_account, make_offer, make_program
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone
from tests.web.api.onboarding.test_resources import as_declared

NUMBER, ADDRESS = "+79161234567", "anna@example.ru"
BY_PHONE = f"/customers?phone={quote(NUMBER)}"


@pytest.fixture
async def anna(ctx: Context, lavka: Account) -> Customer:
    """Carries a card of a program that asks for a phone; has confirmed an e-mail, too."""
    program = await make_program(lavka, "lavka-card", fields=(PHONE,), numbers=3)
    offer = await make_offer(program, "lavka")
    anna = await someone(ctx, 1)
    await save_contact(ctx, anna, ContactKind.PHONE, NUMBER, verified_by="telegram")
    await save_contact(ctx, anna, ContactKind.EMAIL, ADDRESS, verified_by="link")
    (outcome,) = await issued(ctx, anna, [offer])
    assert outcome.card is not None
    return anna


async def found(vera: Caller, path: str) -> list[int]:
    told = await vera.get(path)
    assert told.status == 200, told.text
    return [each["id"] for each in told.json["items"]]


async def test_a_card_is_found_as_it_is_read_and_as_it_is_scanned(
    vera: Caller, anna: Customer
) -> None:
    card = await Card.get()
    await Card.filter(id=card.id).update(printed_number="4600 0000 0001 5", balance="120.5")
    await Card.filter(id=card.id).update(barcode_value="4600000000015")
    for number in ("4600 0000 0001 5", "4600000000015", "46 00000000015"):
        assert await found(vera, f"/cards?number={quote(number)}") == [card.id]
    assert await found(vera, "/cards?number=1") == []
    assert await found(vera, f"/cards?customer={anna.id}&program=lavka-card") == [card.id]
    shown = as_declared(await vera.get(f"/cards/{card.id}"), "/cards/{card}")
    assert (shown["balance"], shown["customer"], shown["in_wallet"]) == ("120.50", anna.id, True)


async def test_a_card_is_found_by_whose_it_is(
    vera: Caller, ctx: Context, lavka: Account, anna: Customer
) -> None:
    card = await Card.get()
    for wanted in (f"phone={quote(NUMBER)}", f"phone={quote(NUMBER)}&customer={anna.id}"):
        assert await found(vera, f"/cards?{wanted}") == [card.id]
    assert await found(vera, f"/cards?email={quote(ADDRESS)}") == [], "no program asks for it"
    shown = (await vera.get(f"/cards/{card.id}")).json
    assert shown["installed"] == [{"place": "telegram", "since": shown["issued_at"]}]
    await installed(ctx, await give_pass(ctx, card, WalletKind.APPLE, "pass.example.lavka"))
    places = (await vera.get(f"/cards/{card.id}")).json["installed"]
    assert [each["place"] for each in places] == ["telegram", "apple"]
    blind = await caller(vera.session, ctx, lavka, frozenset({Right.CARDS_READ}))
    told = await blind.get(f"/cards?phone={quote(NUMBER)}")
    assert (told.status, told.json["details"]) == (403, {"scope": "customers:read"})
    await Card.all().update(removed_at=ctx.clock())
    assert (await vera.get(f"/cards/{card.id}")).json["installed"] == []


async def test_found_by_the_id_that_the_brand_has_given(
    vera: Caller, ctx: Context, lavka: Account
) -> None:
    program = await make_program(lavka, "lavka-club", fields=(PHONE,), numbers=3)
    await make_offer(program, "lavka-club")
    boris = await proven(ctx, 2)
    await claimed(ctx, boris, await assigned(ctx, program, "crm-9"))
    waiting = await assigned(ctx, program, "crm-10", phone="+79160000000")
    card = await Card.get()
    assert await found(vera, "/cards?own_id=crm-9") == [card.id]
    assert await found(vera, "/customers?own_id=crm-9") == [boris.id]
    assert (await vera.get(f"/cards/{card.id}")).json["own_id"] == "crm-9"
    assert (await vera.get("/cards?own_id=crm-9")).json["items"][0]["own_id"] == "crm-9"
    for other in ("crm-10", "crm-11"):
        assert await found(vera, f"/cards?own_id={other}") == [], waiting.id
        assert await found(vera, f"/customers?own_id={other}") == []
    stranger = await caller(vera.session, ctx, await make_account("vasilek"))
    assert await found(stranger, "/cards?own_id=crm-9") == []


async def test_what_was_asked_and_agreed_to_is_known(vera: Caller, anna: Customer) -> None:
    """The e-mail is nobody's business: no program here asks for it."""
    shown = as_declared(await vera.get(f"/customers/{anna.id}"), "/customers/{customer}")
    assert (shown["phone"], "email" in shown) == (NUMBER, False)
    assert await found(vera, BY_PHONE) == [anna.id]
    assert await found(vera, f"/customers?email={quote(ADDRESS)}") == []
    told = await vera.get("/customers?phone=89161234567&email=anna")
    assert {each["parameter"] for each in told.json["errors"]} == {"phone", "email"}


async def test_withdrawn_is_withdrawn(vera: Caller, ctx: Context, anna: Customer) -> None:
    await withdraw_personal_data(ctx, anna, (await Account.get(key="lavka")).id)
    assert await found(vera, BY_PHONE) == []
    assert (await vera.get(f"/customers/{anna.id}")).code == "customer_not_found"


async def test_taken_out_of_the_wallet_the_contact_is_not_shown(
    vera: Caller, ctx: Context, anna: Customer
) -> None:
    await Card.filter(customer_id=anna.id).update(removed_at=ctx.clock())
    shown = (await vera.get(f"/customers/{anna.id}")).json
    assert "phone" not in shown
    assert await found(vera, BY_PHONE) == []


async def test_what_was_not_confirmed_is_nobody_s(vera: Caller, anna: Customer) -> None:
    await Contact.all().update(verified_at=None)
    assert await found(vera, BY_PHONE) == []
    assert "phone" not in (await vera.get(f"/customers/{anna.id}")).json


async def test_another_account_knows_nothing(vera: Caller, ctx: Context, anna: Customer) -> None:
    """Not even that there is such a number."""
    other = await caller(vera.session, ctx, await make_account("vasilek"))
    card = await Card.get()
    assert await found(other, BY_PHONE) == []
    assert await found(other, f"/cards?number={card.barcode_value}") == []
    assert (await other.get(f"/cards/{card.id}")).code == "card_not_found"
