"""From the first channel to the last, with the sender that sends the rest."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from backend.campaigns.send_campaigns import CampaignsOnTheirWay
from backend.cascades.stop_the_rest import stop_the_rest
from backend.messaging.channel import Channels, Handed, NoTurn, Turn, Unreachable
from backend.messaging.handover import Handover
from backend.messaging.sms.send import SmsChannel
from models.campaign import Campaign, CampaignState
from models.message import Delivery, DeliveryState, Message
from tests.cascades.conftest import SMS, TELEGRAM, Cascades
from tests.support.clock import StoppedClock

CONTENT = {"ru": {"text": "Кофе дешевле", "sms": "Кофе по 99"}}
PLAN = {"variants": [{"name": "A", "share": 100, "content": CONTENT}], "audience": None}


class Chats:
    """Telegram, that knows some chats no more."""

    def __init__(self) -> None:
        self.gone: set[str] = set()
        self.sent: list[str] = []

    async def turn(self, handover: Handover) -> Turn:
        return NoTurn()

    async def send(self, handover: Handover) -> Handed:
        chat = handover.person or ""
        if chat in self.gone:
            raise Unreachable("the customer blocked the bot", gone=True)
        self.sent.append(chat)
        return Handed(f"telegram:{chat}")


class Phones:
    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    async def send(self, to: str, text: str) -> Handed:
        self.sent.append((to, text))
        return Handed(f"sms:{len(self.sent)}", 250)


class House:
    """The sender at work, and beside it what the worker does."""

    def __init__(self, cascades: Cascades) -> None:
        self.cascades, self.chats, self.phones = cascades, Chats(), Phones()
        channels: Channels = {"telegram": self.chats, "sms": SmsChannel(self.phones)}
        self.sender = CampaignsOnTheirWay(cascades.ctx, channels)

    async def until(self, holds: Callable[[], Awaitable[bool]]) -> None:
        """The rounds of both, until it is so."""
        async with asyncio.timeout(30), self.sender.sender.running():
            while not await holds():
                await self.sender.look()
                await self.cascades.passes()
                await asyncio.sleep(0.02)

    async def states(self, *messages: Message) -> list[list[str]]:
        return [[state for _, state in await self.cascades.way(each)] for each in messages]


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_who_did_not_look_gets_an_sms_and_the_campaign_ends_after_it(
    cascades: Cascades, clock: StoppedClock
) -> None:
    house = House(cascades)
    campaign = await cascades.campaign(TELEGRAM, {**SMS, "arrived": "accepted"}, **PLAN)
    people = [await cascades.somebody() for _ in range(3)]
    blocked, clicks, sleeps = [await cascades.message(campaign, person) for person in people]
    await Delivery.all().update(due_at=None, promo=True)
    house.chats.gone = {"7000001"}

    async def all_told() -> bool:
        told = await house.states(blocked, clicks, sleeps)
        return told == [["failed", "delivered"], ["delivered"], ["delivered"]]

    await house.until(all_told)
    assert sorted(house.chats.sent) == ["7000002", "7000003"]
    assert [to for to, _ in house.phones.sent] == ["+79160000001"]
    assert house.phones.sent[0][1].startswith("Кофе по 99")
    await campaign.refresh_from_db()
    assert (campaign.state, campaign.finished_at) == (CampaignState.SENDING, None)
    cascades.clicked.add(clicks.id)
    clock.advance(minutes=62)

    async def over() -> bool:
        await campaign.refresh_from_db()
        return campaign.finished_at is not None

    await house.until(over)
    assert campaign.state is CampaignState.DONE
    assert await house.states(clicks, sleeps) == [["delivered"], ["delivered", "delivered"]]
    assert [to for to, _ in house.phones.sent] == ["+79160000001", "+79160000003"]
    sms = await cascades.last(sleeps)
    assert (sms.cost_kopecks, sms.provider_id) == (250, "sms:2")


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_what_waits_is_stopped_by_a_click_and_by_time(
    cascades: Cascades, clock: StoppedClock
) -> None:
    house = House(cascades)
    campaign = await cascades.campaign(TELEGRAM, SMS, stale_minutes=120, **PLAN)
    clicks, late = [await cascades.message(campaign, await cascades.somebody()) for _ in range(2)]
    for message in (clicks, late):
        await cascades.ends(message, DeliveryState.DELIVERED)
    await cascades.passes()
    clock.advance(minutes=62)
    await cascades.passes()
    # Night has come, until long after it is too late.
    await Delivery.filter(channel="sms").update(due_at=clock() + timedelta(hours=9))
    await stop_the_rest(clicks.id, clock())
    clock.advance(hours=10)
    await Campaign.filter(id=campaign.id).update(state="sending")

    async def all_over() -> bool:
        return await house.states(clicks, late) == [["delivered", "stopped"]] * 2

    await house.until(all_over)
    reasons = [(await cascades.last(each)).reason for each in (clicks, late)]
    assert reasons == ["arrived", "stale"]
    assert house.phones.sent == []
