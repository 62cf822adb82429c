"""What many deliveries write down at once goes in few statements, and each keeps to itself."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from backend.messaging import written
from backend.messaging.channel import Handed, NoTurn, Turn
from backend.messaging.deliver import deliver
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.handover import Handover
from backend.messaging.written import Held
from backend.platform.context import Context
from models.customer import Customer
from models.message import Delivery, DeliveryState, Message
from models.message_purpose import MessagePurpose
from tests.support.edge.gates import everything_goes
from tests.support.factory.customers import someone

pytestmark = pytest.mark.usefixtures("database")
PEOPLE = 12


@dataclass
class Telegram:
    """Everybody's turn comes at once; before that `leaves` deletes their data."""

    everybody: asyncio.Event = field(default_factory=asyncio.Event)
    near: int = 0
    leaves: int = 0
    told: list[int] = field(default_factory=list)

    async def turn(self, handover: Handover) -> Turn:
        self.near += 1
        if self.near == PEOPLE:
            self.everybody.set()
        return NoTurn()

    async def send(self, handover: Handover) -> Handed:
        self.told.append(handover.message.customer_id)
        return Handed(f"sent-{handover.message.customer_id}")


class Waiting(Telegram):
    async def turn(self, handover: Handover) -> Turn:
        await super().turn(handover)
        await self.everybody.wait()
        return Leaving(self, handover.message.customer_id)


@dataclass
class Leaving:
    channel: Telegram
    customer_id: int

    async def comes(self) -> None:
        if self.customer_id == self.channel.leaves:
            now = (await Customer.get(id=self.customer_id)).created_at
            await Customer.filter(id=self.customer_id).update(deleted_at=now)


def draft(of: int, brand_id: int | None = None) -> Draft:
    data = {"brand": "Кофе & Точка", "number": str(of)}
    return Draft(f"hello:{of}", of, MessagePurpose.SERVICE, "welcome-card", data, brand_id=brand_id)


async def people(ctx: Context, number: int) -> Sequence[int]:
    return [(await someone(ctx, 100 + each)).id for each in range(number)]


async def test_each_of_many_ends_as_it_should(ctx: Context) -> None:
    """Of one the brand is none that there is; one deletes their data while they wait."""
    *good, wrong = await people(ctx, PEOPLE + 1)
    channel = Waiting(leaves=good[0])
    post = GatedChannels({"telegram": channel}, everything_goes)
    drafts = [*map(draft, good), draft(wrong, brand_id=404)]
    found = await asyncio.gather(
        *(deliver(ctx, post, each, "telegram") for each in drafts), return_exceptions=True
    )
    assert found[0] is DeliveryState.STOPPED
    assert set(found[1:-1]) == {DeliveryState.DELIVERED}
    assert isinstance(found[-1], Exception)
    assert sorted(channel.told) == good[1:]
    rows = await Delivery.all().select_related("message").order_by("message__customer_id")
    assert [(each.message.customer_id, each.state, each.provider_id) for each in rows] == [
        (good[0], DeliveryState.STOPPED, ""),
        *((each, DeliveryState.DELIVERED, f"sent-{each}") for each in good[1:]),
    ]
    assert {each.attempts for each in rows} == {1}
    assert not await Message.filter(customer_id=wrong).exists()
    again = [deliver(ctx, post, each, "telegram") for each in drafts[:-1]]
    assert await asyncio.gather(*again) == found[:-1]
    assert (len(channel.told), await Message.all().count()) == (PEOPLE - 1, PEOPLE)


async def test_the_same_draft_from_two_at_once_leaves_once(ctx: Context) -> None:
    [anna] = await people(ctx, 1)
    channel = Telegram()
    post = GatedChannels({"telegram": channel}, everything_goes)
    both = [deliver(ctx, post, draft(anna), "telegram") for _ in range(2)]
    await asyncio.gather(*both, return_exceptions=True)
    assert channel.told == [anna]
    assert (await Delivery.get()).state is DeliveryState.DELIVERED


async def test_of_two_who_begin_one_delivery_the_one_who_read_it_last_has_it(ctx: Context) -> None:
    [anna] = await people(ctx, 1)
    drafted = written.Drafted(draft(anna), "telegram", ctx.clock())
    ((_, row), (_, same)) = await written.make([drafted, drafted])
    assert row.id == same.id
    assert row is not same, "each changes what they hold"
    await Delivery.all().update(attempts=1)
    stale, fresh = (Held(row.id, DeliveryState.QUEUED, attempts) for attempts in (0, 1))
    now = ctx.clock()
    assert await written.begin([(stale, now), (fresh, now), (fresh, now)]) == [False, True, False]
    assert (await Delivery.get()).attempts == 2
