"""What a brand tells on cards in phones: written once, told by the wallets, reported when it is
there, and gone with its owner."""

import asyncio
from typing import Any

import pytest

from backend.cascades.read_arrivals import PAGE, report_arrived
from backend.customers.my_data.delete_data import delete_data
from backend.customers.my_data.export_data import export_data
from backend.messaging.channel import Unreachable
from backend.messaging.deliver import deliver_row
from backend.messaging.gated_channels import GatedChannels
from backend.messaging.wallet.send import WalletChannel
from backend.platform.context import Context
from backend.platform.failures import GiveUp
from backend.wallets.face_of import face_of
from backend.wallets.give_pass import give_pass
from backend.wallets.installed import installed
from backend.wallets.put_news import DAY, MOST_A_DAY, PuttingNews
from models.card import Card
from models.customer import Customer
from models.message import Delivery, DeliveryState, Message, Reported
from models.message_purpose import MessagePurpose
from models.wallet_pass import WalletNews, WalletPass
from tests.support.clock import StoppedClock
from tests.wallets.conftest import APPLE, GOOGLE, ISSUER, GiveCard


async def in_a_phone(ctx: Context, card: Card, wallet: Any = APPLE) -> WalletPass:
    held = await give_pass(ctx, card, wallet, ISSUER)
    await installed(ctx, held)
    return held


async def message(ctx: Context, card: Card, text: str = "Пряник дня", **more: Any) -> Delivery:
    values: dict[str, Any] = {"brand_id": card.brand_id, "purpose": MessagePurpose.SERVICE}
    row = await Message.create(
        customer_id=card.customer_id, kind="word", body=text, created_at=ctx.clock(),
        **{**values, **more},
    )  # fmt: skip
    now = ctx.clock()
    return await Delivery.create(message=row, channel="wallet", created_at=now, changed_at=now)


async def always(*_: object) -> bool:
    return True


async def send(ctx: Context, delivery: Delivery, allowed: Any = always) -> Delivery:
    post = GatedChannels({"wallet": WalletChannel(PuttingNews(ctx))}, allowed)
    row = await Message.get(id=delivery.message_id)
    await deliver_row(ctx, post, row, await Delivery.get(id=delivery.id))
    return await Delivery.get(id=delivery.id)


async def test_it_stands_on_the_card_and_is_told(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card()
    held = await in_a_phone(ctx, anna)
    sent = await send(ctx, await message(ctx, anna))
    told = await WalletNews.get()
    assert (sent.state, sent.provider_id) == (DeliveryState.DELIVERED, f"news:{told.id}")
    row = await WalletPass.get(id=held.id)
    assert row.version > held.version
    assert (told.apple_version, told.google_version) == (row.version, None)
    news = (await face_of(ctx, held)).news
    assert news is not None
    assert news.text == "Пряник дня"
    assert "Пряник".encode() not in bytes(told.sealed)


async def test_many_at_once_are_one(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card()
    await in_a_phone(ctx, anna)
    delivery = await message(ctx, anna)
    put, whose = PuttingNews(ctx), (delivery.message_id, anna.customer_id, anna.brand_id, None)
    handed = await asyncio.gather(*(put(*whose, "Раз") for _ in range(32)))
    assert len({each.provider_id for each in handed}) == 1
    assert await WalletNews.all().count() == 1


async def test_a_card_in_no_phone_is_not_reached(ctx: Context, give_card: GiveCard) -> None:
    """So that a cascade goes on at once; and nobody's consent is no way around it."""
    anna, vera = await give_card(), await give_card()
    await give_pass(ctx, anna, APPLE, ISSUER)
    assert (await send(ctx, await message(ctx, anna))).state is DeliveryState.FAILED
    await in_a_phone(ctx, vera)

    async def nobody(*_: object) -> bool:
        return False

    promo = await message(ctx, vera, purpose=MessagePurpose.PROMO)
    assert (await send(ctx, promo, nobody)).state is DeliveryState.STOPPED
    await Card.filter(id=vera.id).update(removed_at=ctx.clock())
    with pytest.raises(Unreachable):
        await PuttingNews(ctx)(promo.message_id, vera.customer_id, vera.brand_id, None, "Раз")
    assert not await WalletNews.exists()


async def test_so_many_a_day(ctx: Context, give_card: GiveCard, clock: StoppedClock) -> None:
    anna = await give_card()
    await in_a_phone(ctx, anna)
    for n in range(MOST_A_DAY):
        await send(ctx, await message(ctx, anna, f"Новость {n}"))
    late = await send(ctx, await message(ctx, anna, "Ещё"))
    assert (late.state, await WalletNews.all().count()) == (DeliveryState.FAILED, MOST_A_DAY)
    with pytest.raises(GiveUp):
        await PuttingNews(ctx)(late.message_id, anna.customer_id, anna.brand_id, None, "Ещё")
    clock.advance(seconds=DAY.total_seconds())
    assert (await send(ctx, await message(ctx, anna, "Завтра"))).state is DeliveryState.DELIVERED


@pytest.mark.parametrize("wallet", [APPLE, GOOGLE])
async def test_it_has_arrived_when_the_phone_has_it(
    ctx: Context, give_card: GiveCard, wallet: Any
) -> None:
    anna = await give_card()
    held = await in_a_phone(ctx, anna, wallet)
    delivery = await send(ctx, await message(ctx, anna))
    assert await report_arrived(ctx) is False
    assert (await Delivery.get(id=delivery.id)).reported is None
    row = await WalletPass.get(id=held.id)
    # What another wallet was handed proves nothing.
    proof = {"fetched": row.version} if wallet is APPLE else {"told": row.version}
    other = {"told": row.version} if wallet is APPLE else {"fetched": row.version}
    await WalletPass.filter(id=held.id).update(**other)
    await report_arrived(ctx)
    assert (await Delivery.get(id=delivery.id)).reported is None
    await WalletPass.filter(id=held.id).update(**proof)
    for _ in range(2):
        await report_arrived(ctx)
        assert (await Delivery.get(id=delivery.id)).reported is Reported.DELIVERED


async def test_it_is_found_behind_many_that_wait(ctx: Context, give_card: GiveCard) -> None:
    """Put on cards in the same moment as all of theirs."""
    anna = await give_card()
    held = await in_a_phone(ctx, anna)
    now, numbers = ctx.clock(), range(1000, 1001 + PAGE)
    await Message.bulk_create(
        Message(
            id=n, customer_id=anna.customer_id, brand_id=anna.brand_id, body="Раз",
            purpose=MessagePurpose.SERVICE, kind="word", created_at=now,
        )
        for n in numbers
    )  # fmt: skip
    await Delivery.bulk_create(
        Delivery(
            message_id=n, channel="wallet", state=DeliveryState.DELIVERED, provider_id=f"other:{n}",
            created_at=now, changed_at=now,
        )
        for n in numbers
    )  # fmt: skip
    delivery = await send(ctx, await message(ctx, anna))
    await WalletPass.filter(id=held.id).update(fetched=(await WalletPass.get(id=held.id)).version)
    assert await report_arrived(ctx) is False
    assert (await Delivery.get(id=delivery.id)).reported is Reported.DELIVERED
    assert await Delivery.filter(reported=None).count() == PAGE + 1


async def test_it_is_the_owners_to_read_and_goes_with_them(
    ctx: Context, give_card: GiveCard
) -> None:
    anna = await give_card()
    await in_a_phone(ctx, anna)
    await send(ctx, await message(ctx, anna, "Пряник для Анны"))
    owner = await Customer.get(id=anna.customer_id)
    told = {name: value async for name, value in export_data(ctx, owner)}
    assert [each["text"] for each in told["card_news"]] == ["Пряник для Анны"]
    assert [each["wallet"] for each in told["phones"]] == ["apple"]
    await delete_data(ctx, anna.customer_id)
    assert not await WalletNews.exists()
    assert (await WalletPass.get()).digest == ""
