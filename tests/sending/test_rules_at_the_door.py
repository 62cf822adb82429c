"""What is asked right before a message leaves: hours, caps, the campaign's own state."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.campaigns.campaign_count import put_off
from backend.campaigns.collect_campaign import collect_campaign
from backend.campaigns.send_campaigns import CampaignsOnTheirWay
from backend.campaigns.start_campaign import plan_of
from backend.platform.context import Context
from models.brand import Brand
from models.campaign import Campaign, CampaignState
from models.card import Card
from models.city import City
from models.customer import Customer
from models.message import Delivery, DeliveryState, Message
from models.message_purpose import MessagePurpose
from models.messaging_rules import MessagingRules
from tests.sending.noted import Noted
from tests.support.clock import StoppedClock
from tests.support.factory.agreeing import audience
from tests.support.factory.brands import shop
from tests.support.machine.waiting import until

# Noon in Moscow.
NOON = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_both(database: str) -> None:
    """Every test here runs on SQLite and on PostgreSQL."""


@pytest.fixture
def clock(clock: StoppedClock) -> StoppedClock:
    clock.now = NOON
    return clock


async def ready(ctx: Context, brand: Brand, **more: Any) -> Campaign:
    """All recipients are written down."""
    purpose = more.pop("purpose", MessagePurpose.PROMO)
    text = more.pop("text", "Кофе")
    campaign = await Campaign.create(
        brand=brand, plan=plan_of(text, None) | more, purpose=purpose, advertiser="a", inn="1",
        created_at=ctx.clock(), started_at=ctx.clock(),
    )  # fmt: skip
    while await collect_campaign(campaign):
        continue
    return campaign


@asynccontextmanager
async def sending(
    ctx: Context, channel: Noted, *, name: str = "telegram", promo_per_day: int = 0
) -> AsyncIterator[CampaignsOnTheirWay]:
    ways = CampaignsOnTheirWay(
        ctx, {name: channel}, base_url="https://k.example", promo_per_day=promo_per_day
    )
    async with ways.sender.running():
        yield ways


async def quiet(ways: CampaignsOnTheirWay) -> None:
    """Until nothing moves any more."""
    still, before = 0, None
    async with asyncio.timeout(30):
        while still < 4:
            await ways.look()
            await ways.sender.outcomes.write()
            await asyncio.sleep(0.12)
            now = await Delivery.all().order_by("id").values_list("state", "due_at", "attempts")
            still = still + 1 if now == before else 0
            before = now


async def _so_many(channel: Noted, number: int) -> bool:
    return len(channel.sent) >= number


async def states() -> dict[str, int]:
    found: dict[str, int] = {}
    for each in await Delivery.all():
        key = f"{each.state.value} {each.reason}".strip()
        found[key] = found.get(key, 0) + 1
    return found


async def test_at_night_nobody_hears_of_it_where_they_live(
    ctx: Context, clock: StoppedClock
) -> None:
    """In Vladivostok it is night when it is noon in Moscow's evening; whoever named no city is
    where the account is."""
    account, _, brand = await shop()
    east = await City.create(
        key="vladivostok", name_ru="В", name_en="V", lat=43, lon=131, population=1,
        timezone="Asia/Vladivostok",
    )  # fmt: skip
    people = await audience(ctx, account, brand, 4)
    await Customer.filter(id__in=[each.id for each in people[2:]]).update(city_id=east.id)
    clock.now = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    campaign = await ready(ctx, brand, quiet=True)
    assert await put_off(ctx, campaign, account) == 2, "as the preview says"
    channel = Noted(clock)
    async with sending(ctx, channel) as ways:
        await quiet(ways)
        assert sorted(channel.people) == sorted(each.id for each in people[:2])
        assert await states() == {"delivered": 2, "queued quiet hours": 2}
        waiting = await Delivery.filter(state=DeliveryState.QUEUED).first()
        assert waiting is not None
        assert waiting.due_at == datetime(2026, 11, 21, 23, 0, tzinfo=UTC), "nine in the morning"
        clock.now = waiting.due_at + timedelta(minutes=1)
        await quiet(ways)
    assert len(channel.people) == 4
    assert (await Campaign.get()).state is CampaignState.DONE


async def test_what_somebody_waits_for_comes_at_night(ctx: Context, clock: StoppedClock) -> None:
    """Quiet hours of the plan hold for what the plan says; without them it comes."""
    account, program, brand = await shop()
    (anna,) = await audience(ctx, account, brand, 1)
    await Card.create(
        customer=anna, program=program, brand=brand, printed_number="1", barcode_value="1",
        barcode_format="code128", origin="issued", created_at=clock(),
    )  # fmt: skip
    clock.now = datetime(2026, 11, 21, 22, 0, tzinfo=UTC)
    await ready(ctx, brand, purpose=MessagePurpose.SERVICE)
    channel = Noted(clock)
    async with sending(ctx, channel) as ways:
        await quiet(ways)
    assert channel.people == [anna.id]
    assert "Реклама" not in channel.sent[0][2]


@pytest.mark.parametrize(
    ("rules", "of_all", "heard"),
    [
        ({"per_day": 1}, 0, [1, 1, 1]),
        ({"per_day": 2}, 0, [2, 1, 2]),
        ({"per_week": 1}, 0, [1, 0, 1]),
        ({}, 1, [1, 1, 1]),
        ({}, 0, [2, 1, 2]),
    ],
)
async def test_nobody_hears_more_than_they_are_to(
    ctx: Context, clock: StoppedClock, rules: dict[str, Any], of_all: int, heard: list[int]
) -> None:
    """Two campaigns at once on the first day, one the next day, two at once a week later."""
    account, _, brand = await shop()
    people = await audience(ctx, account, brand, 3)
    await MessagingRules.create(account=account, quiet_from="", quiet_until="", **rules)
    said: list[int] = []
    channel = Noted(clock)
    async with sending(ctx, channel, promo_per_day=of_all) as ways:
        for campaigns, hours in ((2, 25), (1, 24 * 7), (2, 1)):
            before = len(channel.sent)
            for _ in range(campaigns):
                await ready(ctx, brand, capped=True)
            await quiet(ways)
            said.append((len(channel.sent) - before) // len(people))
            clock.advance(hours=hours)
    assert said == heard
    stopped = 3 * (2 + 1 + 2 - sum(heard))
    assert (await states()).get("stopped capped", 0) == stopped


async def test_pausing_is_heard_at_once_and_nothing_is_lost(
    ctx: Context, clock: StoppedClock
) -> None:
    """Also by those that were put off and come due while it is paused."""
    account, _, brand = await shop()
    people = await audience(ctx, account, brand, 40)
    campaign = await ready(ctx, brand)
    late = await Message.filter(campaign_id=campaign.id).order_by("id").first()
    await Delivery.filter(message_id=late.id).update(due_at=clock() + timedelta(hours=1))  # type: ignore[union-attr]
    channel = Noted(clock, holding=asyncio.Event())
    async with sending(ctx, channel) as ways:
        await ways.look()
        await until(lambda: _so_many(channel, 8), "eight of them to leave")
        await Campaign.filter(id=campaign.id).update(paused_at=clock())
        assert channel.holding is not None
        channel.holding.set()
        clock.advance(hours=2)
        await quiet(ways)
        sent = len(channel.sent)
        assert sent <= 9, "what was on its way comes to its end"
        await Campaign.filter(id=campaign.id).update(paused_at=None)
        await quiet(ways)
    assert sorted(channel.people) == sorted(each.id for each in people)
    assert (await Campaign.get()).state is CampaignState.DONE


async def test_paused_and_resumed_within_a_moment_nobody_is_forgotten(
    ctx: Context, clock: StoppedClock
) -> None:
    """Between two looks: the lane has met the pause, the look never did."""
    account, _, brand = await shop()
    await audience(ctx, account, brand, 30)
    campaign = await ready(ctx, brand)
    channel = Noted(clock)
    async with sending(ctx, channel) as ways:
        await Campaign.filter(id=campaign.id).update(paused_at=clock())
        await ways.sender.open_campaigns([await Campaign.get()])
        await until(_all_put_off, "all to be put off")
        await Campaign.filter(id=campaign.id).update(paused_at=None)
        await quiet(ways)
    assert len(channel.sent) == 30
    assert (await Campaign.get()).state is CampaignState.DONE


async def _all_put_off() -> bool:
    return not await Delivery.filter(due_at__isnull=True).exists()


async def test_cancelling_stops_what_waits(ctx: Context, clock: StoppedClock) -> None:
    account, _, brand = await shop()
    await audience(ctx, account, brand, 40)
    campaign = await ready(ctx, brand)
    channel = Noted(clock, holding=asyncio.Event())
    async with sending(ctx, channel) as ways:
        await ways.look()
        await until(lambda: _so_many(channel, 8), "eight of them to leave")
        await Campaign.filter(id=campaign.id).update(state=CampaignState.CANCELLED)
        assert channel.holding is not None
        channel.holding.set()
        await quiet(ways)
    sent = len(channel.sent)
    assert sent <= 9
    assert await states() == {"delivered": sent, "stopped cancelled": 40 - sent}
    ended = await Campaign.get()
    assert (ended.state, ended.finished_at) == (CampaignState.CANCELLED, clock())


async def test_a_killed_process_leaves_promo_in_doubt_and_repeats_the_rest_once(
    ctx: Context, clock: StoppedClock
) -> None:
    """Killed between the request and the note of how it ended."""
    account, program, brand = await shop()
    people = await audience(ctx, account, brand, 2)
    for number, person in enumerate(people):
        await Card.create(
            customer=person, program=program, brand=brand, printed_number=f"{number}",
            barcode_value=f"{number}", barcode_format="code128", origin="issued",
            created_at=clock(),
        )  # fmt: skip
    await ready(ctx, brand)
    await ready(ctx, brand, purpose=MessagePurpose.SERVICE)
    await Delivery.all().update(state=DeliveryState.SENDING, attempts=1)
    channel = Noted(clock)
    async with sending(ctx, channel) as ways:
        await quiet(ways)
    assert sorted(channel.people) == sorted(each.id for each in people), "of service alone"
    assert await states() == {"delivered": 2, "in_doubt no answer to the request": 2}
    await Delivery.filter(promo=False).update(
        state=DeliveryState.SENDING, reason="repeated after an unknown outcome"
    )
    async with sending(ctx, channel) as ways:
        await quiet(ways)
    assert len(channel.sent) == 2, "not a third time"


async def test_an_unknown_outcome_is_not_repeated(ctx: Context, clock: StoppedClock) -> None:
    account, _, brand = await shop()
    people = await audience(ctx, account, brand, 3)
    await ready(ctx, brand)
    channel = Noted(clock, unsure={people[1].id})
    async with sending(ctx, channel) as ways:
        await quiet(ways)
    assert sorted(channel.people) == sorted(each.id for each in people)
    assert await states() == {"delivered": 2, "in_doubt no answer to the request": 1}


async def test_each_hears_what_is_said_of_them(ctx: Context, clock: StoppedClock) -> None:
    account, program, brand = await shop()
    people = await audience(ctx, account, brand, 3)
    for number, person in enumerate(people[:2]):
        await Card.create(
            customer=person, program=program, brand=brand, printed_number=f"77{number}",
            barcode_value=f"77{number}", barcode_format="code128", origin="issued",
            created_at=clock(), balance=100 + number,
        )  # fmt: skip
    content = {
        "ru": {"text": "На карте {number}: {points} {points|балл|балла|баллов}"},
        "fallbacks": {"number": {"ru": "вашей"}, "points": {"ru": "сколько-то"}},
    }
    await ready(ctx, brand, variants=[{"name": "A", "share": 100, "content": content}])
    channel = Noted(clock)
    async with sending(ctx, channel) as ways:
        await quiet(ways)
    by_person = {person: text for person, _, text in channel.sent}
    assert by_person[people[0].id].startswith("На карте 770: 100 баллов")
    assert by_person[people[1].id].startswith("На карте 771: 101 балл ")
    assert by_person[people[2].id].startswith("На карте вашей: сколько-то")
    kept = await Message.filter(customer_id=people[1].id).first()
    assert kept is not None
    assert kept.data == {"number": "771", "points": "101"}
