"""Анна gets a card of «Ромашка», changes her mind, leaves; each account is told its own."""

import pytest

from backend.cards.issue.answer_questions import answer
from backend.cards.issue.application import current_application
from backend.cards.issue.apply import apply_for
from backend.cards.issue.change_step import change_answer
from backend.cards.issue.issue_cards import issue_cards
from backend.customers.choices.stop_advertising import stop_advertising
from backend.customers.choices.withdraw_personal_data import withdraw_personal_data
from backend.customers.my_data.delete_data import delete_data
from backend.events.cards import CardRemoved, ProfileRefreshed
from backend.events.numbers import PoolRanEmpty, PoolRanLow
from backend.events.people import ContactLost, ContactVerified
from backend.events.points import (
    PointsAccrued,
    PointsCorrected,
    PointsExpired,
    PointsHeld,
    PointsReleased,
    PointsReversed,
    PointsSpent,
    TierChanged,
)
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.wallets.give_pass import give_pass
from backend.wallets.installed import installed, uninstalled
from catalog.questions.question import FieldType, QuestionnaireField
from catalog.questions.questionnaire import field_to_json
from models.account_change import AccountChange, ChangeKind
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin
from models.offer import Offer
from models.program import Program
from models.wallet_pass import WalletKind
from tests.changes.feeding import kinds, settle, told
from tests.support.clock import StoppedClock
from tests.support.factory.brands import NAME, make_account, make_offer, make_program, shop
from tests.support.factory.cards import consented, issued
from tests.support.factory.customers import someone
from tests.support.source import ROOT

pytestmark = pytest.mark.usefixtures("database")


async def test_a_card_and_its_consents(ctx: Context) -> None:
    account, program, brand = await shop()
    other, _, _ = await shop("vasilek")
    anna = await someone(ctx, 1)
    offer = await Offer.get(brand_id=brand.id)
    (outcome,) = await issued(ctx, anna, [offer], channels=("telegram",))
    assert outcome.card is not None
    await settle(ctx)
    found = await told(account)
    registered = {
        "customer": anna.id, "card": outcome.card.id, "program": program.key,
        "brand": brand.key, "origin": "issued",
    }  # fmt: skip
    assert found[0] == ("card.registered", registered)
    given = {data["purpose"]: data for kind, data in found[1:] if kind == "consent.given"}
    assert set(given) == {"personal_data", "program_terms", "advertising"}
    assert given["advertising"]["brands"] == [brand.key]
    assert given["advertising"]["channels"] == ["telegram"]
    assert given["program_terms"]["program"] == program.key
    assert all(data["customer"] == anna.id for data in given.values())
    assert await told(other) == []


async def asks(*kinds: FieldType) -> None:
    """Every program, from now on."""
    fields = [field_to_json(QuestionnaireField(kind, kind, required=True)) for kind in kinds]
    await Program.all().update(questionnaire=fields)


async def test_nothing_about_a_person_but_ids(ctx: Context) -> None:
    account, _, brand = await shop()
    anna = await someone(ctx, 1001)
    (outcome,) = await issued(ctx, anna, [await Offer.get(brand_id=brand.id)])
    await asks(FieldType.PHONE)
    await announce(ctx.clock(), ContactVerified(anna.id, "phone"))
    await settle(ctx)
    assert outcome.card is not None
    rows = repr(await AccountChange.all().values())
    assert outcome.card.printed_number not in rows
    assert "contact.verified" in await kinds(account)


async def test_a_contact_is_told_while_the_consent_stands(ctx: Context) -> None:
    account, _, brand = await shop()
    other, _, _ = await shop("vasilek")
    anna = await someone(ctx, 1)
    await issued(ctx, anna, [await Offer.get(brand_id=brand.id)])
    await asks(FieldType.GIVEN_NAME, FieldType.EMAIL)
    await announce(ctx.clock(), ContactVerified(anna.id, "phone"))
    await announce(ctx.clock(), ContactVerified(anna.id, "email"))
    await announce(ctx.clock(), ContactLost(anna.id, "email", 1))
    await settle(ctx)
    contacts = [each for each in await told(account) if each[0].startswith("contact.")]
    data = {"customer": anna.id, "contact": "email"}
    assert contacts == [("contact.verified", data), ("contact.lost", data)]
    assert await told(other) == []
    await withdraw_personal_data(ctx, anna, account.id)
    await announce(ctx.clock(), ContactVerified(anna.id, "email"))
    await settle(ctx)
    assert (await kinds(account)).count("contact.verified") == 1
    assert {"consent.withdrawn", "card.removed"} <= set(await kinds(account))


async def test_advertising_that_is_switched_off(ctx: Context) -> None:
    account, _, brand = await shop()
    anna = await someone(ctx, 1)
    await issued(ctx, anna, [await Offer.get(brand_id=brand.id)], channels=("telegram",))
    await stop_advertising(ctx, anna.id)
    await settle(ctx)
    kind, data = (await told(account))[-1]
    assert kind == "consent.withdrawn"
    assert (data["purpose"], data["brands"]) == ("advertising", [brand.key])


async def test_whoever_leaves_is_known_by_their_number(ctx: Context) -> None:
    account, program, brand = await shop()
    anna = await someone(ctx, 1)
    (outcome,) = await issued(ctx, anna, [await Offer.get(brand_id=brand.id)])
    assert outcome.card is not None
    await delete_data(ctx, anna.id)
    await settle(ctx)
    gone = dict(await told(account))["customer.deleted"]
    number = outcome.card.printed_number
    assert gone == {"customer": anna.id, "cards": [{"program": program.key, "number": number}]}


async def test_pools_and_profiles(ctx: Context) -> None:
    account, program, brand = await shop()
    anna = await someone(ctx, 1)
    (outcome,) = await issued(ctx, anna, [await Offer.get(brand_id=brand.id)])
    assert outcome.card is not None
    now = ctx.clock()
    await announce(now, ProfileRefreshed(outcome.card.id, anna.id, program.id, ["phone"]))
    await announce(now, PoolRanLow(program.id, account.id))
    await announce(now, PoolRanEmpty(program.id, account.id))
    await settle(ctx)
    found = dict(await told(account))
    assert found["pool.low"] == found["pool.empty"] == {"program": program.key}
    assert found["profile.changed"] == {
        "customer": anna.id, "card": outcome.card.id, "program": program.key, "fields": ["phone"],
    }  # fmt: skip


async def test_who_asks_hears_that_an_answer_is_another_one(
    ctx: Context, clock: StoppedClock
) -> None:
    """Анна corrects her name for «Василёк»: «Ромашка» asks it too, «Сирень» does not."""
    shops = [await make_account(key) for key in ("romashka", "siren", "vasilek")]
    asked: tuple[tuple[QuestionnaireField, ...], ...] = ((NAME,), (), (NAME,))
    offers = [
        await make_offer(
            await make_program(shop, f"{shop.key}-club", fields=each, numbers=2), shop.key
        )
        for shop, each in zip(shops, asked, strict=True)
    ]
    anna = await someone(ctx, 1)
    (first,) = await issued(ctx, anna, offers[:1], answers={"given_name": "Аня"})
    await issued(ctx, anna, offers[1:2])
    clock.advance(hours=1)
    await apply_for(ctx, anna, [offers[2].id])
    current = await current_application(ctx, anna)
    await change_answer(ctx, anna, current.application.id, 0)
    await answer(ctx, anna, "given_name", "Анна")
    await consented(ctx, anna)
    await issue_cards(ctx, anna, await current_application(ctx, anna))
    await settle(ctx)
    romashka, siren, vasilek = [await told(shop) for shop in shops]
    assert first.card is not None
    assert [data for kind, data in romashka if kind == "profile.changed"] == [
        {
            "customer": anna.id, "card": first.card.id, "program": "romashka-club",
            "fields": ["given_name"],
        }
    ]  # fmt: skip
    assert [kind for kind, _ in vasilek if not kind.startswith("consent.")] == ["card.registered"]
    assert [kind for kind, _ in siren if not kind.startswith("consent.")] == ["card.registered"]
    assert "Анна" not in repr(await AccountChange.all().values())


async def test_points_and_tiers(ctx: Context) -> None:
    account, program, _ = await shop()
    other, _, _ = await shop("vasilek")
    whose = (12, 7, program.id, account.id)
    for at, points in enumerate(
        (
            PointsAccrued, PointsSpent, PointsHeld, PointsReleased, PointsReversed, PointsExpired,
            PointsCorrected,
        ), 1,
    ):  # fmt: skip
        await announce(ctx.clock(), points(*whose, "accrue", -150 * at, at, 12345))
    await announce(ctx.clock(), TierChanged(*whose, "", "Gold"))
    await settle(ctx)
    found = await told(account)
    assert [kind for kind, _ in found] == [
        "points.accrued", "points.spent", "points.held", "points.released", "points.reversed",
        "points.expired", "points.corrected", "tier.changed",
    ]  # fmt: skip
    card = {"customer": 7, "card": 12, "program": program.key}
    moved = {"kind": "accrue", "posting": 2, "amount": "-3.00", "balance": "123.45"}
    assert found[1][1] == card | moved
    assert found[-1][1] == card | {"before": "", "after": "Gold"}
    assert await told(other) == []


async def test_an_own_card_is_nobody_s_business(ctx: Context) -> None:
    await shop()
    anna = await someone(ctx, 1)
    card = await Card.create(
        customer=anna, printed_number="1", barcode_value="1", barcode_format=BarcodeFormat.QR,
        origin=CardOrigin.EXTERNAL, created_at=ctx.clock(),
    )  # fmt: skip
    await announce(ctx.clock(), CardRemoved(card.id, anna.id))
    await settle(ctx)
    assert await AccountChange.all().count() == 0


async def test_a_card_in_a_phone(ctx: Context) -> None:
    account, program, brand = await shop()
    other, _, _ = await shop("vasilek")
    anna = await someone(ctx, 1)
    (outcome,) = await issued(ctx, anna, [await Offer.get(brand_id=brand.id)])
    assert outcome.card is not None
    held = await give_pass(ctx, outcome.card, WalletKind.GOOGLE, "3388000000012345678")
    await installed(ctx, held)
    await uninstalled(ctx, held)
    await settle(ctx)
    data = {"customer": anna.id, "card": outcome.card.id, "program": program.key}
    assert [each for each in await told(account) if "install" in each[0]] == [
        ("card.installed", data | {"wallet": "google"}),
        ("card.uninstalled", data | {"wallet": "google"}),
    ]
    assert not await told(other)


def test_the_page_tells_of_every_kind() -> None:
    page = (ROOT / "docs" / "webhooks.md").read_text(encoding="utf-8")
    assert [kind.value for kind in ChangeKind if f"`{kind.value}`" not in page] == []
