"""A brand's CRM writes on Anna's card, blocks it, and gives it another number."""

from itertools import pairwise

import pytest

from backend.cards.pocket.view_card import view_card
from backend.changes.feed_events import feed_events
from backend.platform.context import Context
from backend.platform.words import Translator
from bot.screens.pocket.card import card as card_screen
from bot.words import load_words
from models.account import Account
from models.account_change import AccountChange
from models.audit_entry import AuditEntry
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin
from models.customer import Customer
from models.pool_number import NumberStatus, PoolNumber
from models.program import ProcessorKind, Program
from tests.support.caller import Caller
from tests.support.factory.brands import make_program
from tests.support.factory.customers import someone

WORDS = load_words()
FIELDS = [
    {"key": "visits", "label": {"ru": "Визиты", "en": "Visits"}, "type": "number"},
    {"key": "voucher", "label": {"ru": "Сертификат", "en": "Voucher"}, "type": "money",
     "currency": "RUB"},
    {"key": "next", "label": {"ru": "Дальше", "en": "Next"}, "type": "date"},
    {"key": "note", "label": {"ru": "Слово", "en": "Word"}, "type": "text"},
]  # fmt: skip
VALUES = {"visits": "12.5", "voucher": "1250.5", "next": "2027-03-05", "note": "<tea>"}


@pytest.fixture
async def anna(ctx: Context) -> Customer:
    return await someone(ctx)


@pytest.fixture
async def program(lavka: Account) -> Program:
    return await make_program(lavka, "lavka-card", numbers=3, card_fields=FIELDS)


@pytest.fixture
async def card(ctx: Context, program: Program, anna: Customer) -> Card:
    return await Card.create(
        customer=anna, program=program, printed_number="OLD 1", barcode_value="OLD1",
        barcode_format=BarcodeFormat.CODE128, origin=CardOrigin.ISSUED, created_at=ctx.clock(),
    )  # fmt: skip


async def seen(ctx: Context, anna: Customer, card: Card, language: str = "ru") -> str:
    return card_screen(Translator(WORDS, language), await view_card(ctx, anna, card.id)).text


async def test_what_stands_on_a_card(
    vera: Caller, ctx: Context, anna: Customer, card: Card
) -> None:
    read = await vera.get(f"/cards/{card.id}")
    body = {"balance": "120", "tier": "gold", "fields": VALUES}
    told = await vera.ask("PATCH", f"/cards/{card.id}", body, headers={"If-Match": read.etag})
    assert told.status == 200, told.text
    assert (told.json["balance"], told.json["tier"]) == ("120.00", "gold")
    assert told.json["fields"] == {**VALUES, "voucher": "1250.50"}
    for language, lines in {
        "ru": ["Визиты: 12,5", "Сертификат: 1\u00a0250,50\u00a0₽", "Дальше: 5 марта 2027"],
        "en": ["Visits: 12.5", "Word: &lt;tea&gt;"],
    }.items():
        text = await seen(ctx, anna, card, language)
        assert all(line in text for line in lines), text
    late = await vera.ask("PATCH", f"/cards/{card.id}", body, headers={"If-Match": read.etag})
    assert (late.status, late.code) == (412, "changed_meanwhile")
    entry = await AuditEntry.get(verb="change_card")
    assert entry.after == {"changed": ["balance", "own_fields", "tier"]}


async def test_a_field_that_has_become_another_one(
    vera: Caller, ctx: Context, anna: Customer, card: Card
) -> None:
    where, anyone = f"/cards/{card.id}", {"If-Match": "*"}
    values = {"note": "soon", "next": "2027-03-05"}
    await vera.ask("PATCH", where, {"fields": values}, headers=anyone)
    changed = [field | {"type": "date"} for field in FIELDS if field["key"] == "note"]
    await Program.all().update(card_fields=changed)
    text = await seen(ctx, anna, card, "en")
    assert "Word: soon" in text
    assert "Next" not in text


async def test_the_picture_is_another_one_when_what_it_shows_is(
    vera: Caller, ctx: Context, anna: Customer, card: Card
) -> None:
    words, pictures = Translator(WORDS, "ru"), []
    for body in ({}, {"fields": VALUES}, {"tier": "gold"}, {"tier": "gold"}, {"balance": "1"}):
        told = await vera.ask("PATCH", f"/cards/{card.id}", body, headers={"If-Match": "*"})
        assert told.status == 200, told.text
        pictures.append(card_screen(words, await view_card(ctx, anna, card.id)).picture)
    same = [first == second for first, second in pairwise(pictures)]
    assert same == [True, False, True, False]


async def test_what_is_left_out_stays_and_what_is_named_goes(vera: Caller, card: Card) -> None:
    where, anyone = f"/cards/{card.id}", {"If-Match": "*"}
    await vera.ask("PATCH", where, {"balance": "5", "fields": VALUES}, headers=anyone)
    told = await vera.ask("PATCH", where, {"clear": ["note"]}, headers=anyone)
    assert (told.json["balance"], "note" in told.json["fields"]) == ("5.00", False)
    told = await vera.ask("PATCH", where, {"clear": ["balance"]}, headers=anyone)
    assert "balance" not in told.json
    assert "balance_at" not in told.json
    before = await AuditEntry.all().count()
    await vera.ask("PATCH", where, {"clear": ["balance"]}, headers=anyone)
    assert await AuditEntry.all().count() == before, "the same again is no change"


async def test_every_mistake_is_told(vera: Caller, card: Card) -> None:
    body = {
        "fields": {"visits": "many", "next": "2027-02-30", "hue": "red", "voucher": "1.234"},
        "clear": ["x"],
    }
    told = await vera.ask("PATCH", f"/cards/{card.id}", body, headers={"If-Match": "*"})
    assert told.status == 422
    pointers = {each["pointer"] for each in told.json["errors"]}
    assert pointers == {"/clear/0", *(f"/fields/{name}" for name in body["fields"])}
    told = await vera.ask("PATCH", f"/cards/{card.id}", {"balance": 5}, headers={"If-Match": "*"})
    assert told.json["errors"][0]["pointer"] == "/balance"


async def test_the_ledger_keeps_its_own(vera: Caller, card: Card) -> None:
    await Program.all().update(processor=ProcessorKind.LEDGER)
    for body, status in (({"balance": "1"}, 409), ({"fields": {"note": "x"}}, 200)):
        told = await vera.ask("PATCH", f"/cards/{card.id}", body, headers={"If-Match": "*"})
        assert told.status == status, told.text


async def test_blocked_and_good_again(
    vera: Caller, ctx: Context, anna: Customer, card: Card
) -> None:
    for _ in range(2):
        told = await vera.post(f"/cards/{card.id}/block", None)
        assert (told.status, told.json["status"]) == (200, "blocked")
    shown = card_screen(Translator(WORDS, "en"), await view_card(ctx, anna, card.id))
    assert "blocked" in shown.text
    assert shown.picture is None
    assert (await vera.post(f"/cards/{card.id}/unblock", None)).json["status"] == "active"
    assert "blocked" not in await seen(ctx, anna, card, "en")
    await feed_events()
    kinds = [row.kind for row in await AccountChange.all().order_by("seq")]
    assert kinds == ["card.blocked", "card.unblocked"]
    verbs = [entry.verb for entry in await AuditEntry.all().order_by("id")]
    assert verbs[-2:] == ["block_card", "unblock_card"]


async def test_another_number_of_the_pool(
    vera: Caller, ctx: Context, anna: Customer, card: Card
) -> None:
    free = (await PoolNumber.all().order_by("id"))[0]
    told = await vera.post(f"/cards/{card.id}/replace", {}, idempotency_key="lost")
    again = await vera.post(f"/cards/{card.id}/replace", {}, idempotency_key="lost")
    assert told.status == 200, told.text
    assert told.json["number"] == again.json["number"] == free.printed_number
    assert free.printed_number in await seen(ctx, anna, card)
    assert (await PoolNumber.get(id=free.id)).status is NumberStatus.ISSUED
    old = await PoolNumber.get(printed_number="OLD 1")
    assert (old.status, old.reason) == (NumberStatus.QUARANTINED, "replaced")
    await feed_events()
    change = await AccountChange.get()
    assert change.kind == "card.replaced"
    assert (change.data["former"], change.data["number"]) == ("OLD 1", free.printed_number)


async def test_a_number_of_one_s_own(vera: Caller, card: Card, anna: Customer) -> None:
    taken = (await PoolNumber.all().order_by("id"))[0]
    await PoolNumber.filter(id=taken.id).update(status=NumberStatus.QUARANTINED)
    for number, status in (
        ({"printed_number": "NEW 1"}, 200),
        ({"printed_number": "NEW 1"}, 200),
        ({"printed_number": taken.printed_number, "barcode_value": taken.barcode_value}, 409),
        ({"printed_number": "OLD 1"}, 409),
    ):
        told = await vera.post(f"/cards/{card.id}/replace", {"number": number})
        assert told.status == status, told.text
    held = await Card.get(id=card.id)
    assert (held.printed_number, held.barcode_value) == ("NEW 1", "NEW1")
    assert (await PoolNumber.get(printed_number="NEW 1")).status is NumberStatus.ISSUED


async def test_numbers_that_are_printed_like_the_former_one(
    vera: Caller, card: Card, program: Program
) -> None:
    """A free one is set aside with it, one that is somebody's stays theirs."""
    for status, becomes in (
        (NumberStatus.ISSUED, NumberStatus.ISSUED),
        (NumberStatus.FREE, NumberStatus.QUARANTINED),
    ):
        held = await Card.get(id=card.id)
        alike = await PoolNumber.create(
            program=program, printed_number=held.printed_number + "x", status=status,
            barcode_value=f"ALIKE-{status.value}", changed_at=card.created_at,
        )  # fmt: skip
        await Card.filter(id=card.id).update(
            printed_number=alike.printed_number, barcode_value=f"MINE-{status.value}"
        )
        told = await vera.post(f"/cards/{card.id}/replace", {"number": {
            "printed_number": f"NEW {status.value}"}})  # fmt: skip
        assert told.status == 200, told.text
        assert (await PoolNumber.get(id=alike.id)).status is becomes


async def test_an_empty_pool_leaves_the_card_as_it_is(vera: Caller, card: Card) -> None:
    await PoolNumber.all().delete()
    told = await vera.post(f"/cards/{card.id}/replace", {})
    assert (told.status, told.code) == (409, "pool_empty")
    assert (await Card.get(id=card.id)).printed_number == "OLD 1"
    assert not await PoolNumber.all().count()
