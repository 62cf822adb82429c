"""One recipient, one campaign, one brand in trouble: the others have theirs all the same."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from backend.campaigns.campaign_progress import campaign_progress
from backend.campaigns.collect_campaign import collect_campaign
from backend.campaigns.send_campaigns import CampaignsOnTheirWay, open_campaigns
from backend.campaigns.start_campaign import CampaignOrder, start_campaign
from backend.consents.gate import gate_by
from backend.messaging.channel import Channel, Channels, Handed, Turn
from backend.messaging.deliver import deliver
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.handover import Handover
from backend.messaging.registry import open_channels
from backend.messaging.said import Said
from backend.messaging.telegram.pace_memory import memory_pacer
from backend.platform.clock import utc_now
from backend.platform.context import Context
from backend.platform.failures import NeedsSettings, TryLater
from backend.platform.settings import Settings
from backend.sending import handing
from backend.sending.voice import Addressed, Voice
from models.campaign import Campaign, CampaignState
from models.city import City
from models.consent_document import ConsentDocument
from models.consent_state import ConsentState
from models.customer import Customer
from models.message import Delivery, DeliveryState
from models.message_purpose import MessagePurpose
from tests.support.edge.noting_telegram import TOKEN, NotingTelegram
from tests.support.factory.agreeing import FIRST_CHAT, audience
from tests.support.factory.brands import shop
from tests.support.factory.customers import someone


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


@asynccontextmanager
async def sending(ctx: Context, channels: Channels) -> AsyncIterator[CampaignsOnTheirWay]:
    ways = CampaignsOnTheirWay(replace(ctx, clock=utc_now), channels)
    async with ways.sender.running():
        yield ways


async def until_states(
    ways: CampaignsOnTheirWay, wanted: Sequence[tuple[Campaign, dict[str, int]]]
) -> None:
    """Look and write down until each of them stands so."""
    async with asyncio.timeout(30):
        while True:
            await ways.look()
            await ways.sender.outcomes.write()
            if all([(await campaign_progress(each)).states == states for each, states in wanted]):
                return
            await asyncio.sleep(0.01)


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has to wait does so for a moment only."""
    monkeypatch.setattr(handing, "FIRST_SECONDS", 0.001)
    monkeypatch.setattr(handing, "LONGEST_SECONDS", 0.002)
    monkeypatch.setattr(handing, "MOST_FAILURES", 4)


async def test_one_hopeless_recipient_holds_up_nobody(
    ctx: Context, channels: Channels, telegram: NotingTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await two_campaigns(ctx)
    telegram.hopeless = {FIRST_CHAT + 1}
    monkeypatch.setattr(handing, "FIRST_SECONDS", 3600.0)
    stuck = {"delivered": 2, "queued": 1}
    async with sending(ctx, channels) as ways:
        await until_states(ways, [(first, stuck), (second, stuck)])
        assert telegram.refused == 2, "once for each campaign; then both wait"
        assert len(await open_campaigns()) == 2
        telegram.hopeless = set()
        await Delivery.filter(state=DeliveryState.QUEUED).update(due_at=ctx.clock())
        done = {"delivered": 3}
        await until_states(ways, [(first, done), (second, done)])
        await ways.look()
    assert await open_campaigns() == []
    assert len(telegram.arrived) == 6


async def test_a_hopeless_recipient_is_given_up(
    ctx: Context, channels: Channels, telegram: NotingTelegram, soon: None
) -> None:
    first, second = await two_campaigns(ctx)
    telegram.hopeless = {FIRST_CHAT + 1}
    ended = {"delivered": 2, "failed": 1}
    async with sending(ctx, channels) as ways:
        await until_states(ways, [(first, ended), (second, ended)])
        await ways.look()
    assert await open_campaigns() == []
    assert telegram.refused == 8
    given_up = await Delivery.filter(state=DeliveryState.FAILED).order_by("id")
    assert [each.reason for each in given_up] == ["given up: Bad Gateway"] * 2
    assert {each.attempts for each in given_up} == {4}


async def test_a_mistake_in_one_campaign_stops_no_other(
    ctx: Context, channels: Channels, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await two_campaigns(ctx)
    inner = Voice.said

    def said(voice: Voice, whom: Addressed) -> Said:
        if voice.brand_id == first.brand_id:
            raise LookupError("a mistake of ours")
        return inner(voice, whom)

    monkeypatch.setattr(Voice, "said", said)
    async with sending(ctx, channels) as ways:
        await until_states(ways, [(first, {"failed": 3}), (second, {"delivered": 3})])
        await ways.look()
    assert {campaign.state for campaign in await Campaign.all()} == {CampaignState.DONE}


async def test_a_small_campaign_is_not_stuck_behind_a_large_one(
    ctx: Context, channels: Channels, telegram: NotingTelegram
) -> None:
    """They take turns, one message each; what somebody waits for has a lane of its own."""
    account, _, brand = await shop("romashka")
    large = await start_campaign(ctx, CampaignOrder(brand="romashka", text="Кофе"))
    people = await audience(ctx, account, brand, 300)
    city = await City.create(
        key="perm", name_ru="Пермь", name_en="Perm", lat=2, lon=2, population=1, timezone="UTC"
    )
    await Customer.filter(id__in=[each.id for each in people[-3:]]).update(city_id=city.id)
    small = await start_campaign(ctx, CampaignOrder(brand="romashka", text="Чай", city="perm"))
    for each in (large, small):
        while await collect_campaign(each):
            continue
    async with sending(ctx, channels) as ways:
        await until_states(ways, [(small, {"delivered": 3})])
        first_of_small = next(
            place for place, chat in enumerate(telegram.chats) if chat >= FIRST_CHAT + 297
        )
    assert first_of_small < 60


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
    async with sending(ctx, picky) as ways:
        await until_states(ways, [(second, {"delivered": 3}), (first, {"queued": 3})])
    waiting = await Delivery.filter(state=DeliveryState.QUEUED)
    assert {each.reason for each in waiting} == {"no settings"}
    await Delivery.filter(state=DeliveryState.QUEUED).update(due_at=ctx.clock())
    async with sending(ctx, channels) as ways:
        await until_states(ways, [(first, {"delivered": 3})])


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
