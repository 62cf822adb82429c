"""A delivery is told when its turn is near, and leaves when it is there."""

import asyncio
from itertools import cycle, pairwise

import pytest

from backend.messaging.channel import Turn
from backend.messaging.deliver import deliver
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.handover import Handover
from backend.messaging.telegram.pace import Call, Lane
from backend.messaging.telegram.pace_memory import memory_pacer
from backend.messaging.telegram.turns import DeliveryTurns
from backend.platform.context import Context
from backend.platform.failures import TryLater
from models.message import Delivery, DeliveryState
from models.message_purpose import MessagePurpose
from tests.support.edge.gates import everything_goes
from tests.support.edge.notebook import Notebook
from tests.support.factory.customers import someone
from tests.support.virtual_time import now, virtually


def test_requests_leave_evenly_however_long_the_database_takes() -> None:
    async def story() -> None:
        turns, left = DeliveryTurns(memory_pacer(28, now)), []
        questions, chats = cycle([0.002, 0.03, 0.01]), iter(range(1, 300))

        async def work() -> None:
            for chat in chats:
                turn = await turns.near(Call(chat, Lane.MASS))
                await asyncio.sleep(next(questions))
                await turn.comes()
                left.append(now())
                await asyncio.sleep(0.05)
                turns.answered(0.05)

        await asyncio.gather(*(work() for _ in range(8)))
        assert min(after - first for first, after in pairwise(left[100:])) > 0.02
        assert 28 * (left[-1] - left[0]) == pytest.approx(298, rel=0.01)

    virtually(story())


def test_a_delivery_begins_just_before_its_request() -> None:
    """Told a moment ahead and no more: a kill meanwhile leaves it in doubt."""

    async def story() -> None:
        turns = DeliveryTurns(memory_pacer(28, now))
        for chat in range(1, 200):
            turn = await turns.near(Call(chat, Lane.MASS))
            near = now()
            await asyncio.sleep(0.01)
            await turn.comes()
            assert now() - near <= 0.0151
        for chat in range(200, 400):
            turn = await turns.near(Call(chat, Lane.MASS))
            near = now()
            await asyncio.sleep(1)
            await turn.comes()
            assert now() - near <= 1.051

    virtually(story())


def test_as_many_at_once_as_the_pace_needs() -> None:
    async def story() -> None:
        slow, quick = DeliveryTurns(memory_pacer(28, now)), DeliveryTurns(memory_pacer(300, now))
        for turns in (slow, quick):
            assert turns.at_once() == 0
            for _ in range(100):
                turns.answered(0.05)
                turns.began(0.01)
        assert slow.at_once() == pytest.approx(2 * 28 * 0.06, abs=1)
        assert quick.at_once() == pytest.approx(2 * 300 * 0.06, abs=1)
        for _ in range(100):
            quick.answered(3)
        assert quick.at_once() == 400

    virtually(story())


class Shutting(Notebook):
    """The gate shuts while it is written down that the delivery begins."""

    def __init__(self) -> None:
        super().__init__()
        self.pacer = memory_pacer(28)
        self._turns = DeliveryTurns(self.pacer)

    async def turn(self, handover: Handover) -> Turn:
        turn = await self._turns.near(Call(7, Lane.MASS))
        await self.pacer.shut(30)
        return turn


async def test_a_turn_that_is_lost_leaves_no_doubt(ctx: Context, database: str) -> None:
    anna, channel = await someone(ctx, 7), Shutting()
    draft = Draft("hello:1", anna.id, MessagePurpose.SERVICE, "contact-verified-email")
    post = GatedChannels({"telegram": channel}, everything_goes)
    with pytest.raises(TryLater) as later:
        await deliver(ctx, post, draft, "telegram")
    assert later.value.after is not None
    assert 29 < later.value.after.total_seconds() <= 30
    assert (await Delivery.get()).state is DeliveryState.QUEUED
    assert channel.sent == []
