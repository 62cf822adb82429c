"""Google has what each card shows, and no phone lights up twice for one thing."""

from decimal import Decimal

import pytest

from backend.platform.context import Context
from backend.wallets.settle import settle
from models.card import Card, CardStatus
from models.customer import Customer
from models.wallet_pass import WalletNews, WalletPass
from tests.passes.google.account import ISSUER
from tests.support.clock import StoppedClock
from tests.support.edge.strict_google import StrictGoogle
from tests.wallets.conftest import GiveCard
from tests.wallets.google.told import LIGHTS, Told, change, drawn, google_pass, news, row


async def test_a_change_reaches_google(
    there: Told, ctx: Context, wallet: StrictGoogle, give_card: GiveCard
) -> None:
    anna = await google_pass(ctx, await give_card())
    await there.tell()
    assert not wallet.asked
    await change(ctx, anna, balance=Decimal("130.50"))
    await there.tell()
    assert await there.stands(anna)
    asked = len(wallet.asked)
    await settle(ctx, [anna.id])
    await there.tell()
    assert len(wallet.asked) == asked
    assert (await row(anna)).told == (await row(anna)).version
    assert not wallet.refused
    assert "Ёлкина" not in (await row(anna)).sent + (await row(anna)).seen


async def test_another_colour_is_told_once_for_all(
    there: Told, ctx: Context, wallet: StrictGoogle, give_card: GiveCard
) -> None:
    every = [await google_pass(ctx, await give_card()) for _ in range(5)]
    for held in every:
        await change(ctx, held, balance=Decimal(7))
    await there.tell()
    wallet.asked.clear()
    await drawn(await Card.get(id=every[0].card_id), LIGHTS)
    front = {**LIGHTS, "primary": "#222222"}
    await settle(ctx, [held.id for held in every])
    await there.tell()
    wallet.asked.clear()
    await drawn(await Card.get(id=every[0].card_id), front)
    await settle(ctx, [held.id for held in every])
    await there.tell()
    assert [verb for verb, _ in wallet.asked] == ["PUT"]
    assert wallet.kept["loyaltyClass", f"{ISSUER}.romashka-club"]["hexBackgroundColor"] == "#222222"


async def test_three_times_a_day_news_and_changes_together(
    there: Told, ctx: Context, clock: StoppedClock, wallet: StrictGoogle, give_card: GiveCard
) -> None:
    card = await give_card()
    await drawn(card, LIGHTS)
    anna = await google_pass(ctx, card)
    for balance in (1, 2, 3):
        await change(ctx, anna, balance=Decimal(balance))
        await there.tell()
    assert len(wallet.lit) == 2, "for the first time it shows anything, nothing has changed"
    first = await news(ctx, anna, "Пряник дня")
    second = await news(ctx, anna, "Пряник ночи")
    await change(ctx, anna, balance=Decimal(4))
    await there.tell()
    assert [each.message for each in wallet.lit] == ["", "", f"news_{first.id}"]
    messages = (wallet.object(anna.serial) or {})["messages"]
    assert [each["messageType"] for each in messages] == ["TEXT_AND_NOTIFY", "TEXT"]
    at = {each.id: each.notified_at for each in await WalletNews.all()}
    assert (at[first.id], at[second.id]) == (clock(), None)
    clock.advance(hours=25)
    await news(ctx, anna, "Завтра")
    await there.tell()
    assert len(wallet.lit) == 4
    assert not wallet.refused


async def test_what_google_itself_counted_is_enough(
    there: Told, ctx: Context, wallet: StrictGoogle, give_card: GiveCard
) -> None:
    anna = await google_pass(ctx, await give_card())
    for n in range(4):
        await news(ctx, anna, f"{n}")
        await there.tell()
        await WalletPass.filter(id=anna.id).update(lit_at=[])
    messages = (wallet.object(anna.serial) or {})["messages"]
    assert [each["messageType"] for each in messages] == ["TEXT_AND_NOTIFY"] * 3 + ["TEXT"]


async def test_news_of_before_the_card_came_are_not_told_anew(
    there: Told, ctx: Context, clock: StoppedClock, wallet: StrictGoogle, give_card: GiveCard
) -> None:
    card = await give_card()
    before = await google_pass(ctx, card)
    await news(ctx, before, "Вчера")
    clock.advance(hours=1)
    await WalletPass.filter(id=before.id).update(made_at=clock())
    await change(ctx, before, balance=Decimal(3))
    await there.tell()
    assert "messages" not in (wallet.object(before.serial) or {})


@pytest.mark.parametrize("saved", [True, False])
async def test_nothing_of_a_deleted_person_stays_at_google(
    there: Told,
    ctx: Context,
    clock: StoppedClock,
    wallet: StrictGoogle,
    give_card: GiveCard,
    saved: bool,
) -> None:
    anna = await google_pass(ctx, await give_card())
    await change(ctx, anna, balance=Decimal(7))
    if saved:
        await news(ctx, anna, "Анна, пряник")
        await there.tell()
        assert "Ёлкина" in str(wallet.object(anna.serial))
    card = await Card.get(id=anna.card_id)
    await Customer.filter(id=card.customer_id).update(deleted_at=clock(), data_key=None)
    await settle(ctx, [anna.id])
    await there.tell()
    assert wallet.object(anna.serial) == {
        "id": f"{ISSUER}.{anna.serial}",
        "classId": f"{ISSUER}.romashka-club",
        "state": "EXPIRED",
    }


async def test_a_blocked_card_stays_without_its_barcode(
    there: Told, ctx: Context, wallet: StrictGoogle, give_card: GiveCard
) -> None:
    anna = await google_pass(ctx, await give_card())
    await change(ctx, anna, balance=Decimal(7))
    await there.tell()
    await change(ctx, anna, status=CardStatus.BLOCKED)
    await there.tell()
    stands = wallet.object(anna.serial) or {}
    assert stands["state"] == "ACTIVE"
    assert "barcode" not in stands


async def test_nobody_is_told_of_a_card_that_was_removed(
    there: Told, ctx: Context, clock: StoppedClock, wallet: StrictGoogle, give_card: GiveCard
) -> None:
    anna = await google_pass(ctx, await give_card())
    await change(ctx, anna, balance=Decimal(7))
    await there.tell()
    asked = len(wallet.asked)
    await WalletPass.filter(id=anna.id).update(installed_at=clock(), removed_at=clock())
    await change(ctx, anna, balance=Decimal(8))
    await there.tell()
    assert len(wallet.asked) == asked
    await there.link(anna)
    await there.tell()
    assert await there.stands(anna)
