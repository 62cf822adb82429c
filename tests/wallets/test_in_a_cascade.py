"""The card in the phone first, the chat for whoever has none there: one sender for both."""

import asyncio
from datetime import timedelta

import pytest

from backend.campaigns.send_campaigns import CampaignsOnTheirWay
from backend.cascades.read_arrivals import report_arrived
from backend.messaging.channel import Channels
from backend.messaging.wallet.send import WalletChannel
from backend.wallets.give_pass import give_pass
from backend.wallets.installed import installed
from backend.wallets.put_news import PuttingNews
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin
from models.customer import Customer
from models.message import Delivery, Reported
from models.wallet_pass import WalletNews, WalletPass
from tests.cascades.conftest import TELEGRAM, Cascades, cascades
from tests.cascades.test_with_the_sender import PLAN, Chats
from tests.support.clock import StoppedClock
from tests.wallets.conftest import APPLE, ISSUER

__all__ = ["cascades"]

WALLET = {"channel": "wallet", "wait_minutes": 60, "arrived": "delivered"}
ALLOWED = ("telegram", "wallet")


async def carrying(cascades: Cascades, customer: Customer) -> WalletPass:
    card = await Card.create(
        customer=customer, program_id=cascades.brand.program_id, brand=cascades.brand,
        printed_number=f"n{customer.id}", barcode_value=f"n{customer.id}",
        barcode_format=BarcodeFormat.CODE128, origin=CardOrigin.ISSUED,
        created_at=cascades.ctx.clock(),
    )  # fmt: skip
    held = await give_pass(cascades.ctx, card, APPLE, ISSUER)
    await installed(cascades.ctx, held)
    return held


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_by_the_card_and_by_the_chat(cascades: Cascades, clock: StoppedClock) -> None:
    chats, ctx = Chats(), cascades.ctx
    cascades.channels = ALLOWED
    post: Channels = {"telegram": chats, "wallet": WalletChannel(PuttingNews(ctx))}
    sender = CampaignsOnTheirWay(ctx, post)
    campaign = await cascades.campaign(WALLET, {**TELEGRAM, "arrived": "accepted"}, **PLAN)
    people = [await cascades.somebody(ALLOWED) for _ in range(3)]
    looks, asleep = [await carrying(cascades, person) for person in people[:2]]
    messages = [await cascades.message(campaign, person) for person in people]
    await Delivery.all().update(promo=True)

    async def until(wanted: list[list[str]]) -> None:
        async with asyncio.timeout(30), sender.sender.running():
            while [[s for _, s in await cascades.way(m)] for m in messages] != wanted:
                await sender.look()
                await cascades.passes()
                await asyncio.sleep(0.02)

    await until([["delivered"], ["delivered"], ["failed", "delivered"]])
    assert chats.sent == ["7000003"]
    told = await WalletNews.filter(message_id=messages[0].id).get()
    await WalletPass.filter(id=looks.id).update(fetched=told.apple_version)
    await report_arrived(ctx)
    assert [d.reported for d in await Delivery.filter(channel="wallet").order_by("id")] == [
        Reported.DELIVERED, None, None,
    ]  # fmt: skip
    clock.now += timedelta(minutes=62)
    # Whose phone did not fetch it in time is written to in the chat.
    await until([["delivered"], ["delivered", "delivered"], ["failed", "delivered"]])
    assert sorted(chats.sent) == ["7000002", "7000003"]
    assert asleep.fetched == 0
