"""Consent, quiet hours, caps, holdout and advertising once a day, whatever happens: campaigns
begin, people say no and yes again and choose how they want to hear, hours pass, and the process
that sends dies in the middle, again and again. Judged by what left and by the final rows; a hundred
thousand events in `make test-long`."""

import asyncio
import os
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backend.campaigns.collect_campaign import collect_campaign
from backend.campaigns.send_campaigns import CampaignsOnTheirWay
from backend.campaigns.start_campaign import plan_of
from backend.customers.choices.choose_digest import choose_digest
from backend.messaging.channel import Handed, OutcomeUnknown
from backend.messaging.handover import Handover
from backend.platform.context import Context
from backend.sending import digests, lane
from backend.sending.begin import begin
from backend.sending.digest_begin import Begun, begin_digest
from backend.sending.digest_said import DigestSaid
from backend.sending.voice import Caps
from backend.sending.waiting import Waiting
from models.account import Account
from models.brand import Brand
from models.campaign import HELD_OUT, Campaign
from models.city import City
from models.consent_state import ConsentState
from models.customer import Customer
from models.message import Delivery, DeliveryState, Message
from models.messaging_rules import MessagingRules
from tests.sending.noted import Noted
from tests.support.clock import StoppedClock
from tests.support.factory.agreeing import audience
from tests.support.factory.brands import shop

EVENTS = int(os.environ.get("EVENTS", "100000"))
ZONES = ("Europe/Moscow", "Asia/Vladivostok", "Europe/Kaliningrad")
PER_DAY, PER_WEEK = 2, 4
LEFT = {DeliveryState.DELIVERED, DeliveryState.IN_DOUBT}


class Asked(Noted):
    """When the gate was asked counts: what was on its way when they said no may arrive."""

    def __init__(self, clock: StoppedClock) -> None:
        super().__init__(clock)
        self.stopped = clock
        self.asked: dict[int, datetime] = {}
        # Of those that were messages of the day, how many were in each.
        self.together: dict[int, int] = {}

    async def send(self, handover: Handover) -> Handed:
        person = handover.message.customer_id
        if isinstance(handover.said, DigestSaid):
            self.together[len(self.sent)] = len(handover.said.lines)
        self.sent.append((person, self.asked[person], ""))
        await asyncio.sleep(0)
        if person in self.unsure:
            raise OutcomeUnknown("no answer")
        return Handed(str(len(self.sent)))


@dataclass
class World:
    ctx: Context
    clock: StoppedClock
    random: Random
    account: Account
    brand: Brand
    people: list[Customer]
    zones: dict[int, ZoneInfo]
    channel: Asked
    # By person: when they said what, the last counts.
    said: dict[int, list[tuple[datetime, bool]]] = field(default_factory=dict)
    # Likewise whether they want it once a day.
    daily: dict[int, list[tuple[datetime, bool]]] = field(default_factory=dict)
    events: int = 0
    deaths: int = 0

    def agreed(self, person: int, at: datetime) -> bool:
        return [yes for when, yes in self.said[person] if when <= at][-1]

    def once_a_day(self, person: int, at: datetime) -> bool:
        return [yes for when, yes in self.daily[person] if when <= at][-1]


@pytest.fixture
def channel(clock: StoppedClock, monkeypatch: pytest.MonkeyPatch) -> Asked:
    noted = Asked(clock)

    async def asks(now: datetime, name: str, group: Sequence[tuple[Waiting, Caps]]) -> Any:
        noted.asked |= {each.customer_id: now for each, _ in group}
        return await begin(now, name, group)

    async def asks_of_a_day(
        now: datetime, name: str, began: datetime, group: Sequence[tuple[Waiting, Caps]]
    ) -> Begun:
        noted.asked |= {each.customer_id: now for each, _ in group}
        return await begin_digest(now, name, began, group)

    monkeypatch.setattr(lane, "begin", asks)
    monkeypatch.setattr(digests, "begin_digest", asks_of_a_day)
    return noted


async def world(ctx: Context, channel: Asked, seed: int, people: int) -> World:
    clock = channel.stopped
    random = Random(seed)
    clock.now = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
    account, _, brand = await shop()
    found = await audience(ctx, account, brand, people)
    zones: dict[int, ZoneInfo] = {}
    for number, name in enumerate(ZONES):
        city = await City.create(
            key=f"c{number}", name_ru=name, name_en=name, lat=1, lon=1, population=1, timezone=name
        )
        here = [each.id for each in found[number :: len(ZONES)]]
        await Customer.filter(id__in=here).update(city_id=city.id)
        zones |= dict.fromkeys(here, ZoneInfo(name))
    await MessagingRules.create(account=account, per_day=PER_DAY, per_week=PER_WEEK)
    made = World(ctx, clock, random, account, brand, found, zones, channel)
    made.said = {each.id: [(clock.now - timedelta(days=1), True)] for each in found}
    made.daily = {each.id: [(clock.now - timedelta(days=1), False)] for each in found}
    made.channel.unsure = {each.id for each in random.sample(found, people // 20)}
    return made


async def begin_campaign(here: World) -> None:
    holdout = here.random.choice((0, 10, 50))
    plan: dict[str, Any] = plan_of("Кофе", None) | {
        "quiet": True, "capped": True, "holdout": holdout, "group": "autumn",
    }  # fmt: skip
    campaign = await Campaign.create(
        brand=here.brand, plan=plan, advertiser="a", inn="1", created_at=here.clock(),
        started_at=here.clock(),
    )  # fmt: skip
    while await collect_campaign(campaign):
        continue
    here.events += campaign.recipients + campaign.held_out


async def change_their_minds(here: World) -> None:
    some = here.random.sample(here.people, max(1, len(here.people) // 25))
    for person in some:
        yes = not here.said[person.id][-1][1]
        here.clock.advance(seconds=1)
        if yes:
            here.said[person.id].append((here.clock.now, yes))
        state = ConsentState.filter(customer_id=person.id, purpose="advertising")
        await state.update(granted=yes)
        if not yes:
            # From the moment in which it is committed.
            here.said[person.id].append((here.clock.advance(seconds=1), yes))
        here.events += 1
        await asyncio.sleep(0)


async def choose(here: World) -> None:
    """Some want it once a day from now on, or no more."""
    for person in here.random.sample(here.people, max(1, len(here.people) // 25)):
        wanted = not here.daily[person.id][-1][1]
        here.clock.advance(seconds=1)
        if not wanted:
            here.daily[person.id].append((here.clock.now, wanted))
        await person.refresh_from_db()
        await choose_digest(here.ctx, person, wanted=wanted)
        if wanted:
            here.daily[person.id].append((here.clock.advance(seconds=1), wanted))
        here.events += 1
        await asyncio.sleep(0)


async def live(here: World, hours: int) -> None:
    """Some hours with a process that sends; at their end it dies, or stops as it should."""
    ways = CampaignsOnTheirWay(here.ctx, {"telegram": here.channel})
    dies = here.random.random() < 0.6
    running = ways.sender.running()
    await running.__aenter__()
    for _ in range(hours):
        await ways.look()
        await change_their_minds(here)
        await choose(here)
        await asyncio.sleep(here.random.random() * 0.15)
        here.clock.advance(minutes=here.random.randrange(20, 90))
        here.events += 1
    if dies:
        here.deaths += 1
        await die(ways)
    else:
        await running.__aexit__(None, None, None)


async def die(ways: CampaignsOnTheirWay) -> None:
    """What was on its way and what was not written down is gone with the process."""
    here = asyncio.current_task()
    ways.sender.outcomes.write = nothing  # type: ignore[method-assign]
    others = [task for task in asyncio.all_tasks() if task is not here]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


async def nothing() -> None:
    return


async def at_rest(here: World) -> None:
    """Days pass until nobody waits any more."""
    ways = CampaignsOnTheirWay(here.ctx, {"telegram": here.channel})
    async with ways.sender.running(), asyncio.timeout(3000):
        while await Campaign.filter(finished_at__isnull=True).exists():
            await ways.look()
            await asyncio.sleep(0.02)
            here.clock.advance(minutes=30)


async def judge(here: World) -> None:
    by_person: dict[int, list[datetime]] = defaultdict(list)
    days: set[tuple[int, date]] = set()
    for number, (person, at, _) in enumerate(here.channel.sent):
        assert here.agreed(person, at), "after their no"
        local = at.astimezone(here.zones[person])
        together = here.channel.together.get(number, 0)
        assert together or not here.once_a_day(person, at), "by itself"
        assert (12 if together else 9) <= local.hour < 21, "at night"
        if together:
            assert (person, local.date()) not in days, "twice a day"
            days.add((person, local.date()))
        by_person[person] += [at] * max(1, together)
    for times in by_person.values():
        for number, at in enumerate(times):
            day = [each for each in times[:number] if at - each < timedelta(days=1)]
            week = [each for each in times[:number] if at - each < timedelta(days=7)]
            assert len(day) < PER_DAY, "more in a day than they are to hear"
            assert len(week) < PER_WEEK, "more in a week"
    left: Counter[int] = Counter()
    for row in await Delivery.all().select_related("message"):
        assert row.state not in {DeliveryState.QUEUED, DeliveryState.SENDING}, "left behind"
        assert row.message.variant != HELD_OUT
        left[row.message.customer_id] += row.state in LEFT
    for person, times in by_person.items():
        assert len(times) <= left[person], "twice"
    held = await Message.filter(variant=HELD_OUT).values_list("customer_id", "campaign_id")
    assert held, "somebody was held out"


async def play(ctx: Context, channel: Asked, *, people: int, events: int) -> World:
    here = await world(ctx, channel, 20261128, people)
    while here.events < events:
        await begin_campaign(here)
        await live(here, here.random.randrange(2, 8))
    await at_rest(here)
    await judge(here)
    return here


@pytest.mark.slow
@pytest.mark.sample("sqlite")
async def test_the_rules_hold(ctx: Context, channel: Asked, database: str) -> None:
    here = await play(ctx, channel, people=90, events=1500)
    assert here.deaths
    # How many leave within an hour depends on the machine.
    assert len(here.channel.sent) > 50
    assert max(here.channel.together.values()) > 1


@pytest.mark.long
async def test_the_rules_hold_through_a_hundred_thousand_events(
    ctx: Context, channel: Asked, database: str
) -> None:
    here = await play(ctx, channel, people=1000, events=EVENTS)
    print(  # noqa: T201
        f"{here.events} events, {here.deaths} deaths, {len(here.channel.sent)} left,"
        f" {len(here.channel.together)} of them messages of a day,"
        f" {await Delivery.all().count()} deliveries"
    )
