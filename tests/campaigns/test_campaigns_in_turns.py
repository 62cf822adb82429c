"""One recipient, one campaign, one brand in trouble: the others have theirs all the same."""

import asyncio
from datetime import timedelta

import pytest

from backend.campaigns.campaign_progress import campaign_progress
from backend.campaigns.send_campaign import open_campaigns
from backend.campaigns.start_campaign import CampaignOrder, start_campaign
from backend.campaigns.waits import Waits
from backend.consents.gate import gate_by
from backend.messaging.channel import Channel, Channels, Handed, Turn
from backend.messaging.deliver import deliver
from backend.messaging.gated_channels import Draft, Gate, GatedChannels
from backend.messaging.handover import Handover
from backend.messaging.registry import open_channels
from backend.messaging.telegram.pace_memory import memory_pacer
from backend.platform.context import Context
from backend.platform.failures import NeedsSettings, TryLater
from backend.platform.settings import Settings
from backend.worker.campaigns import Turns
from models.campaign import Campaign, CampaignState
from models.consent_document import ConsentDocument
from models.consent_state import ConsentState
from models.customer import Customer
from models.message import Delivery, DeliveryState
from models.message_purpose import MessagePurpose
from tests.support.edge.noting_telegram import TOKEN, NotingTelegram
from tests.support.factory.agreeing import FIRST_CHAT, audience
from tests.support.factory.brands import shop
from tests.support.factory.customers import someone


def quick(most: int = 14) -> Waits:
    return Waits(first=0.001, longest=0.002, most=most)


@pytest.fixture(autouse=True)
def on_both(database: str) -> None:
    """Every test here runs on SQLite and on PostgreSQL."""


async def two_campaigns(ctx: Context) -> tuple[Campaign, Campaign]:
    """Of two brands, to the same three people."""
    account, _, brand = await shop("romashka")
    people = await audience(ctx, account, brand, 3)
    _, _, other = await shop("vasilek")
    document = await ConsentDocument.filter(purpose="advertising").order_by("-id").first()
    assert document is not None
    await ConsentState.bulk_create(
        [
            ConsentState(
                customer_id=person.id, purpose="advertising", subject_id=other.id,
                channel="telegram", granted=True, document_id=document.id, at=ctx.clock(),
            )
            for person in people
        ]
    )  # fmt: skip
    first = await start_campaign(ctx, CampaignOrder(brand="romashka", text="Кофе"))
    return first, await start_campaign(ctx, CampaignOrder(brand="vasilek", text="Чай"))


async def take_turns(turns: Turns, rounds: int = 12) -> None:
    for _ in range(rounds):
        await turns.step()
        await asyncio.sleep(0.004)


async def test_one_hopeless_recipient_holds_up_nobody(
    ctx: Context, channels: Channels, telegram: NotingTelegram
) -> None:
    first, second = await two_campaigns(ctx)
    telegram.hopeless = {FIRST_CHAT + 1}
    turns = Turns(ctx, GatedChannels(channels, gate_by(ctx.clock)), Waits(first=3600))
    await take_turns(turns)
    assert telegram.refused == 2, "once for each campaign; then both wait"
    assert (await campaign_progress(first)).states == {"delivered": 2, "queued": 1}
    assert (await campaign_progress(second)).states == {"delivered": 2, "queued": 1}
    telegram.hopeless = set()
    again = Turns(ctx, GatedChannels(channels, gate_by(ctx.clock)), Waits())
    await take_turns(again, 4)
    assert await open_campaigns() == []
    assert len(telegram.arrived) == 6


async def test_a_hopeless_recipient_is_given_up(
    ctx: Context, channels: Channels, telegram: NotingTelegram
) -> None:
    first, _ = await two_campaigns(ctx)
    telegram.hopeless = {FIRST_CHAT + 1}
    turns = Turns(ctx, GatedChannels(channels, gate_by(ctx.clock)), quick(4))
    await take_turns(turns, 20)
    assert await open_campaigns() == []
    assert telegram.refused == 8
    assert (await campaign_progress(first)).states == {"delivered": 2, "failed": 1}
    given_up = await Delivery.filter(state=DeliveryState.FAILED).order_by("id")
    assert [each.reason for each in given_up] == ["given up: Bad Gateway"] * 2
    assert {each.attempts for each in given_up} == {4}


async def test_a_mistake_in_one_campaign_stops_no_other(
    ctx: Context, channels: Channels, telegram: NotingTelegram
) -> None:
    first, second = await two_campaigns(ctx)
    inner: Gate = gate_by(ctx.clock)

    async def gate(customer: int, of: int | None, channel: str, purpose: MessagePurpose) -> bool:
        if of == first.brand_id:
            raise LookupError("a mistake of ours")
        return await inner(customer, of, channel, purpose)

    turns = Turns(ctx, GatedChannels(channels, gate), quick(3))
    await take_turns(turns, 20)
    assert (await campaign_progress(second)).states == {"delivered": 3}
    assert (await campaign_progress(first)).states == {"failed": 3}
    assert {campaign.state for campaign in await Campaign.all()} == {CampaignState.DONE}


class NotForBrand:
    """Telegram, but for one brand its settings are missing."""

    def __init__(self, inner: Channel, brand_id: int) -> None:
        self._inner = inner
        self._brand_id = brand_id

    async def turn(self, handover: Handover) -> Turn:
        return await self._inner.turn(handover)

    async def send(self, handover: Handover) -> Handed:
        if handover.message.brand_id == self._brand_id:
            raise NeedsSettings("no settings")
        return await self._inner.send(handover)


async def test_a_campaign_without_settings_rests(
    ctx: Context, channels: Channels, telegram: NotingTelegram
) -> None:
    first, second = await two_campaigns(ctx)
    picky = {"telegram": NotForBrand(channels["telegram"], first.brand_id)}
    await take_turns(Turns(ctx, GatedChannels(picky, gate_by(ctx.clock)), quick()))
    assert (await campaign_progress(second)).states == {"delivered": 3}
    assert (await campaign_progress(first)).states == {"queued": 3}
    await take_turns(Turns(ctx, GatedChannels(channels, gate_by(ctx.clock))), 4)
    assert (await campaign_progress(first)).states == {"delivered": 3}


async def flooded(ctx: Context, telegram: NotingTelegram, person: Customer) -> Delivery:
    """One attempt at a service message while Telegram says «wait for half a minute»."""
    draft = Draft("welcome:1", person.id, MessagePurpose.SERVICE, "contact-verified-email")
    settings = Settings.model_validate({"bot_api_url": telegram.url, "bot_token": TOKEN})
    async with open_channels(settings, memory_pacer(100_000)) as channels, asyncio.timeout(15):
        post = GatedChannels(channels, gate_by(ctx.clock))
        if not telegram.busy:
            await deliver(ctx, post, draft, "telegram")
            return await Delivery.get()
        with pytest.raises(TryLater) as later:
            await deliver(ctx, post, draft, "telegram")
        assert later.value.after == timedelta(seconds=30)
    return await Delivery.get()


async def test_a_flood_leaves_no_doubt(ctx: Context, telegram: NotingTelegram) -> None:
    """Two 429 in a row for one welcome: it waits in the queue, not in the middle of a send."""
    person = await someone(ctx, FIRST_CHAT)
    telegram.busy, telegram.retry_after = 2, 30
    for _ in range(2):
        waiting = await flooded(ctx, telegram, person)
        assert (waiting.state, waiting.reason) == (DeliveryState.QUEUED, "")
    assert (await flooded(ctx, telegram, person)).state is DeliveryState.DELIVERED
    assert telegram.chats == [FIRST_CHAT]
