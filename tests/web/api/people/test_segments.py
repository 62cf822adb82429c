"""Вера of «Ромашка» says whom she means: segments, lists of cards, attributes; and counts them."""

from decimal import Decimal

import aiohttp
import pytest

from backend.customers.choices.withdraw_personal_data import withdraw_personal_data
from backend.platform.context import Context
from catalog.questions.question import FieldType, QuestionnaireField
from models.account import Account
from models.audit_entry import AuditEntry
from models.brand import Brand
from models.card import Card
from models.city import City
from models.customer import Customer
from models.messaging_rules import MessagingRules
from models.program import Program
from models.segment import CardList, ListedCard
from models.trait import Attribute, Trait
from tests.support.caller import Caller, caller
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone
from tests.web.api.onboarding.test_resources import as_declared

GENDER = QuestionnaireField("gender", FieldType.GENDER, required=False)
PEOPLE = 24


@pytest.fixture
async def shop(database: str, ctx: Context) -> Account:
    """«Ромашка», whose program asks for the gender, with two dozen people in Kazan."""
    account = await make_account("romashka")
    program = await make_program(account, "romashka-club", fields=(GENDER,), numbers=PEOPLE)
    offer = await make_offer(program, "romashka")
    kazan = await City.create(
        key="kazan", name_ru="Казань", name_en="Kazan", lat=1, lon=1, population=1,
        timezone="Europe/Moscow",
    )  # fmt: skip
    for number in range(PEOPLE):
        person = await someone(ctx, 500 + number)
        await Customer.filter(id=person.id).update(city_id=kazan.id)
        channels = () if number < 5 else ("telegram",)
        answers = {"gender": "female"}
        await issued(ctx, person, [offer], answers=answers, channels=channels)
        await Trait.create(account=account, customer=person, gender="female")
    return account


@pytest.fixture
async def vera(site: aiohttp.ClientSession, ctx: Context, shop: Account) -> Caller:
    return await caller(site, ctx, shop)


async def test_a_segment_from_the_tree_to_the_archive(vera: Caller, shop: Account) -> None:
    tree = {"all": [{"field": "city", "in": ["kazan"]}, {"not": {"field": "card", "is": "had"}}]}
    made = await vera.post("/segments", {"key": "kazan", "name": "Казань", "tree": tree})
    shown = as_declared(made, "/segments", "post")
    assert made.status == 201
    assert shown["tree"] == tree
    assert shown["sentence"] == {
        "ru": "Те, у кого город — Казань, и не так: карта была, но её убрали.",
        "en": "Those with the city Kazan, and not so: a card that was taken out.",
    }
    again = await vera.post("/segments", {"key": "kazan", "name": "Казань"})
    assert again.code == "key_taken"
    # Everybody, from now on.
    wrong = await vera.put("/segments/kazan", {"name": "Все"})
    assert wrong.code == "if_match_required"
    put = await vera.put("/segments/kazan", {"name": "Все"}, if_match=made.etag)
    assert "tree" not in as_declared(put, "/segments/{segment}", "put")
    assert put.json["sentence"] == {"ru": "Все.", "en": "Everybody."}
    assert (await vera.get("/segments/kazan")).json == put.json
    gone = await vera.post("/segments/kazan/archive", {})
    assert "archived_at" in as_declared(gone, "/segments/{segment}/archive", "post")
    assert (await vera.get("/segments")).json["items"] == []
    assert [each["key"] for each in (await vera.get("/segments?archived=yes")).json["items"]] == [
        "kazan"
    ]
    verbs = await AuditEntry.filter(account_id=shop.id, subject_kind="segment").order_by("id")
    assert [each.verb for each in verbs] == ["save_segment", "save_segment", "archive_segment"]


async def test_what_the_account_does_not_have_is_told_where_it_stands(vera: Caller) -> None:
    tree = {
        "any": [
            {"field": "list", "in": ["winter"]},
            {"field": "age", "in": ["18-24"]},
            {"field": "gender", "in": ["female"]},
            {"not": {"field": "card_field", "key": "visits", "from": "1"}},
            {"field": "city"},
        ]
    }
    told = await vera.post("/segments", {"key": "k", "name": "n", "tree": tree})
    assert [each["pointer"] for each in told.json["errors"]] == ["/tree/any/4/in"]
    tree["any"].pop()
    for language, word in (("en", "there is no list 'winter'"), ("ru", "списка 'winter' нет")):
        told = await vera.post(
            "/segments/count", {"brand": "romashka", "tree": tree}, accept_language=language
        )
        assert (told.status, told.code) == (422, "input_invalid")
        errors = {each["pointer"]: each["message"] for each in told.json["errors"]}
        assert errors.keys() == {
            "/tree/any/0/in/0", "/tree/any/1/field", "/tree/any/3/not/key",
        }  # fmt: skip
        assert errors["/tree/any/0/in/0"] == word


async def test_it_is_counted_while_it_is_built(vera: Caller, shop: Account) -> None:
    tree = {"field": "city", "in": ["kazan"]}
    told = await vera.post("/segments/count", {"brand": "romashka", "tree": tree})
    assert as_declared(told, "/segments/count", "post") == {
        "meant": 24, "recipients": 19, "rounded": False,
        "left_out": {"no_consent": 5, "not_reachable": 0},
        "sentence": {"ru": "Те, у кого город — Казань.", "en": "Those with the city Kazan."},
    }  # fmt: skip
    await MessagingRules.create(account=shop, per_day=1)
    capped = await vera.post("/segments/count", {"brand": "romashka", "tree": tree})
    assert (capped.json["recipients"], capped.json["capped"]) == (19, 0)
    # Of what people have answered no count tells of one person: of a list of one card, say.
    card = await Card.all().order_by("-id").first()
    assert card is not None
    listed = {"key": "one", "name": "Одна", "numbers": [card.printed_number]}
    assert (await vera.post("/lists", listed)).status == 201
    women = {"field": "gender", "in": ["female"]}
    only = {"all": [women, {"field": "list", "in": ["one"]}]}
    for asked, recipients in ((women, 10), (only, 0)):
        told = await vera.post("/segments/count", {"brand": "romashka", "tree": asked})
        assert (told.json["rounded"], told.json["recipients"]) == (True, recipients)
    exact = {"brand": "romashka", "tree": {"field": "list", "in": ["one"]}}
    assert (await vera.post("/segments/count", exact)).json["recipients"] == 1
    # Of one that is kept; of both at once nothing.
    await vera.post("/segments", {"key": "kazan", "name": "n", "tree": tree})
    kept = {"brand": "romashka", "segment": "kazan"}
    assert (await vera.post("/segments/count", kept)).json["recipients"] == 19
    both = await vera.post("/segments/count", {**kept, "tree": tree})
    assert [each["pointer"] for each in both.json["errors"]] == ["/segment"]
    service = {"brand": "romashka", "channels": ["telegram", "email"], "promo": False}
    assert (await vera.post("/segments/count", service)).json["recipients"] == 24


async def test_lists_hold_cards_and_count_what_is_no_card(
    vera: Caller, shop: Account, ctx: Context
) -> None:
    first, second, *_ = await Card.all().order_by("id")
    other = await make_account("vasilek")
    theirs = await make_program(other, "vasilek-club")
    await Card.filter(id=second.id).update(program_id=theirs.id)
    numbers = [first.printed_number, second.printed_number, "no such number"]
    made = await vera.post("/lists", {"key": "fair", "name": "Ярмарка", "numbers": numbers})
    shown = as_declared(made, "/lists", "post")
    assert (shown["cards"], shown["unknown"]) == (1, 2)
    # As a file, in place of what was there; the first line names the column.
    cards = await Card.filter(program__account_id=shop.id).order_by("id")
    lines = ["\ufeffnumber;name", *(f'"{card.printed_number}";x' for card in cards), "", "nobody 7"]
    told = await vera.ask(
        "PUT", "/api/v1/lists/fair/numbers", data="\r\n".join(lines).encode(),
        headers={"Content-Type": "text/csv", "If-Match": made.etag},
    )  # fmt: skip
    shown = as_declared(told, "/lists/{list}/numbers", "put")
    assert (shown["cards"], shown["unknown"]) == (PEOPLE - 1, 1)
    assert await ListedCard.all().count() == PEOPLE - 1
    for data in (b"", b"\xff\xfe", b"name\n"):
        told = await vera.ask(
            "PUT", "/api/v1/lists/fair/numbers", data=data,
            headers={"Content-Type": "text/csv", "If-Match": "*"},
        )  # fmt: skip
        assert told.code == "input_invalid", data
    # Another name, the same cards.
    put = await vera.put("/lists/fair", {"name": "Зимняя ярмарка"}, if_match="*")
    assert (put.json["name"], put.json["cards"]) == ("Зимняя ярмарка", PEOPLE - 1)
    tree = {"field": "list", "in": ["fair"]}
    await vera.post("/segments", {"key": "fair", "name": "n", "tree": tree})
    kept = await vera.ask("DELETE", "/api/v1/lists/fair", headers={"If-Match": "*"})
    assert (kept.code, kept.json["details"]) == ("list_in_use", {"segment": "fair"})
    await vera.post("/segments/fair/archive", {})
    gone = await vera.ask("DELETE", "/api/v1/lists/fair", headers={"If-Match": "*"})
    assert (gone.status, await CardList.all().count()) == (204, 0)


async def test_attributes_of_one_and_of_many(vera: Caller, shop: Account, ctx: Context) -> None:
    anna, boris, *_ = await Customer.all().order_by("id")
    stranger = await someone(ctx, 999)
    where = f"/customers/{anna.id}/attributes"
    first = await vera.get(where)
    assert first.json == {"customer": anna.id, "attributes": {}}
    values = {"vip": True, "shelf": " tea ", "ltv": 12.5, "visits": 7}
    put = await vera.put(where, {"attributes": values}, if_match=first.etag)
    shown = as_declared(put, "/customers/{customer}/attributes", "put")
    assert shown["attributes"] == {"vip": True, "shelf": "tea", "ltv": 12.5, "visits": 7}
    changed = await vera.ask(
        "PATCH", f"/api/v1{where}", {"attributes": {"vip": False}, "clear": ["shelf"]},
        headers={"If-Match": put.etag},
    )  # fmt: skip
    assert changed.json["attributes"] == {"vip": False, "ltv": 12.5, "visits": 7}
    items = [
        {"customer": boris.id, "attributes": {"vip": True}},
        {"customer": stranger.id, "attributes": {"vip": True}},
        {"customer": anna.id, "clear": ["ltv"]},
    ]
    told = await vera.post("/customers/attributes", {"items": items})
    assert as_declared(told, "/customers/attributes", "post") == {"told": 2, "unknown": [1]}
    count = {"brand": "romashka", "tree": {"field": "attribute", "key": "vip", "is": True}}
    assert (await vera.post("/segments/count", count)).json["meant"] == 1
    wrong = {"attributes": {"A": 1, "b": None, "c": [1], "d": "", "e": 10**12}}
    told = await vera.put(where, wrong, if_match="*")
    places = {each["pointer"] for each in told.json["errors"]}
    assert places == {f"/attributes/{key}" for key in "Abcde"}
    full = {f"k{number}": number for number in range(50)}
    told = await vera.ask(
        "PATCH", f"/api/v1{where}", {"attributes": full}, headers={"If-Match": "*"}
    )
    assert (told.code, told.json["details"]) == ("too_many_attributes", {"most": 50})
    # What is taken back takes along what was told of her.
    await withdraw_personal_data(ctx, anna, shop.id)
    assert await Attribute.filter(customer_id=anna.id).count() == 0
    assert (await Attribute.get(customer_id=boris.id)).number in {None, Decimal(0)}


async def test_nothing_of_others_is_found(
    vera: Caller, site: aiohttp.ClientSession, ctx: Context
) -> None:
    other = await make_account("vasilek")
    await make_offer(await make_program(other, "vasilek-club"), "vasilek")
    theirs = await caller(site, ctx, other)
    await vera.post("/lists", {"key": "mine", "name": "n", "numbers": ["1"]})
    await vera.post("/segments", {"key": "mine", "name": "n"})
    anna = await Customer.all().order_by("id").first()
    assert anna is not None
    for asked in (
        await theirs.get("/segments/mine"),
        await theirs.get("/lists/mine"),
        await theirs.get(f"/customers/{anna.id}/attributes"),
        await theirs.post("/segments/count", {"brand": "romashka"}),
        await theirs.post("/segments/count", {"brand": "vasilek", "segment": "mine"}),
    ):
        assert asked.status == 404, asked.text
    tree = {"field": "list", "in": ["mine"]}
    told = await theirs.post("/segments/count", {"brand": "vasilek", "tree": tree})
    assert told.code == "input_invalid"
    everybody = await theirs.post("/segments/count", {"brand": "vasilek"})
    assert everybody.json["meant"] == 0
    assert await Brand.all().count() == await Program.all().count() == 2
