"""A campaign that pays: quicker for what was approved, and as others after that."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from backend.campaigns.send_campaigns import CampaignsOnTheirWay
from backend.messaging.channel import Handed, Unpaid, Unreachable
from backend.messaging.handover import Handover
from backend.platform.context import Context
from backend.sending.paid import NOT_SET_UP, SPENT, take
from models.brand import Brand
from models.campaign import Campaign, CampaignState
from models.message import Delivery, DeliveryState
from tests.sending.noted import Noted
from tests.sending.test_rules_at_the_door import quiet, ready, states
from tests.support.clock import StoppedClock
from tests.support.factory.agreeing import audience
from tests.support.factory.brands import shop

NOON = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_both(database: str) -> None:
    """Every test here runs on SQLite and on PostgreSQL."""


@pytest.fixture
def clock(clock: StoppedClock) -> StoppedClock:
    clock.now = NOON
    return clock


@dataclass
class Paying(Noted):
    """`poor`: it takes no payment. `blocked`: whoever has blocked the bot."""

    poor: bool = False
    blocked: set[int] = field(default_factory=set)

    async def send(self, handover: Handover) -> Handed:
        if self.poor:
            raise Unpaid("BALANCE_TOO_LOW")
        if handover.message.customer_id in self.blocked:
            raise Unreachable("blocked", gone=True)
        return await super().send(handover)


@dataclass
class Both(Noted):
    way: Paying | None = None

    def paid(self) -> Paying | None:
        return self.way


async def paying(ctx: Context, people: int, stars: int) -> tuple[Brand, list[int], Campaign]:
    account, _, brand = await shop()
    found = await audience(ctx, account, brand, people)
    campaign = await ready(ctx, brand, paid={"most_stars": stars})
    return brand, [each.id for each in found], campaign


async def to_the_end(ctx: Context, channel: Noted) -> Campaign:
    ways = CampaignsOnTheirWay(ctx, {"telegram": channel})
    async with ways.sender.running():
        await quiet(ways)
    return await Campaign.all().order_by("id").first()  # type: ignore[return-value]


async def test_never_more_than_was_approved(ctx: Context, clock: StoppedClock) -> None:
    brand, people, _ = await paying(ctx, 27, 1)
    free = await ready(ctx, brand, text="бесплатно")
    channel = Both(clock, way=Paying(clock))
    ended = await to_the_end(ctx, channel)
    assert channel.way is not None
    assert len(channel.way.sent) == 10, "a tenth of a Star each"
    assert (ended.paid_messages, ended.paid_stopped) == (10, SPENT)
    assert await states() == {"delivered": 54}
    assert all("Кофе" in text for _, _, text in channel.way.sent)
    paid_for = [person for person, _, text in channel.sent if "Кофе" in text]
    assert sorted(paid_for + channel.way.people) == people, "each once"
    assert (await Campaign.get(id=free.id)).paid_messages == 0
    assert await Campaign.filter(state=CampaignState.DONE).count() == 2


async def test_what_certainly_did_not_arrive_is_not_counted(
    ctx: Context, clock: StoppedClock
) -> None:
    _, people, _ = await paying(ctx, 12, 10)
    way = Paying(clock, blocked=set(people[:3]), unsure={people[5]})
    ended = await to_the_end(ctx, Both(clock, way=way))
    assert (ended.paid_messages, ended.paid_stopped) == (9, "")
    assert await states() == {
        "delivered": 8, "failed blocked": 3, "in_doubt no answer to the request": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("way", "why"), [(None, NOT_SET_UP), (True, "BALANCE_TOO_LOW")], ids=["not set up", "poor"]
)
async def test_what_cannot_be_paid_leaves_as_others_do(
    ctx: Context, clock: StoppedClock, way: Any, why: str
) -> None:
    _, people, _ = await paying(ctx, 12, 10)
    channel = Both(clock, way=Paying(clock, poor=True) if way else None)
    ended = await to_the_end(ctx, channel)
    assert sorted(channel.people) == people
    assert (ended.paid_messages, ended.paid_stopped) == (0, why)
    assert await states() == {"delivered": 12}
    assert ended.state is CampaignState.DONE


async def test_killed_in_between_what_left_counts(ctx: Context, clock: StoppedClock) -> None:
    _, people, campaign = await paying(ctx, 14, 1)
    assert await take(campaign.id, 6, 10) == 6
    some = await Delivery.all().order_by("id").limit(6)
    left = Delivery.filter(id__in=[each.id for each in some])
    await left.update(state=DeliveryState.SENDING, attempts=1)
    channel = Both(clock, way=Paying(clock))
    ended = await to_the_end(ctx, channel)
    assert channel.way is not None
    assert len(channel.way.sent) == 4
    assert (ended.paid_messages, ended.paid_stopped) == (10, SPENT)
    assert len(channel.sent) + len(channel.way.sent) == len(people) - 6
