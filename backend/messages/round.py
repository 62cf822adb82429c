"""A batch of messages on its way through the gate, a few at a time."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from typing import Any

from backend.messages.waits import Waits
from backend.messaging.channel import Channels, ManyAtOnce
from backend.messaging.deliver import deliver_row, give_up
from backend.messaging.gated_channels import GatedChannels
from backend.platform.context import Context
from backend.platform.failures import NeedsSettings, TryLater
from backend.platform.watch.use_case_log import log_of
from models.message import Delivery, DeliveryState

# Hand-overs at once; more where the channel's pace needs them.
AT_ONCE = 8
# A stop as a whole takes less than three seconds.
GRACE_SECONDS = 1.5


def at_once(channels: Channels) -> int:
    paced = [channel.at_once() for channel in channels.values() if isinstance(channel, ManyAtOnce)]
    return max([AT_ONCE, *paced])


@dataclass(slots=True)
class Round:
    """A batch on its way, so many at a time. It ends early when AT_ONCE in a row had to wait
    and nobody got anything: then the channel is away, and the next ones would only wait too.
    `broke_off` is told of a delivery in the middle of which a bug was met: nobody knows where it
    is, and whoever sends next settles it first."""

    ctx: Context
    post: GatedChannels
    waits: Waits
    waiting: Iterator[Delivery]
    broke_off: Callable[[Delivery], None]
    outcomes: list[DeliveryState] = field(default_factory=list)
    fruitless: int = 0
    working: int = 0

    async def run(self) -> list[DeliveryState]:
        """Where they came to; none when nothing of it went anywhere. Raises NeedsSettings."""
        try:
            async with asyncio.TaskGroup() as group:
                self._fill(group)
        except ExceptionGroup as several:
            raise several.exceptions[0] from None
        return self.outcomes

    def _fill(self, group: asyncio.TaskGroup) -> None:
        """As many as the pace turns out to need."""
        for _ in range(self.working, at_once(self.post.channels)):
            self.working += 1
            group.create_task(self._work(group))

    async def _work(self, group: asyncio.TaskGroup) -> None:
        for delivery in self.waiting:
            await self._one(delivery)
            if self.fruitless >= AT_ONCE and not self.outcomes:
                return
            self._fill(group)

    async def _one(self, delivery: Delivery) -> None:
        log = log_of(self.ctx, __name__)
        send = deliver_row(self.ctx, self.post, delivery.message, delivery)
        try:
            self.outcomes.append(await _finished(send))
        except NeedsSettings:
            raise
        except TryLater as later:
            log.info("a message waits", reason=later.reason)
            self.fruitless += 1
            if later.after is not None:
                self.waits.asked_to_wait(delivery.id, later.after)
            else:
                await self._failed(delivery, later.reason)
        except Exception as bug:
            log.exception("a message failed", delivery=delivery.id)
            self.fruitless += 1
            self.broke_off(delivery)
            await self._failed(delivery, f"bug: {type(bug).__name__}")
        else:
            self.waits.over(delivery.id)

    async def _failed(self, delivery: Delivery, reason: str) -> None:
        if self.waits.failed(delivery.id):
            self.outcomes.append(await give_up(self.ctx, self.post, delivery, reason))
            self.waits.over(delivery.id)


async def _finished(send: Coroutine[Any, Any, DeliveryState]) -> DeliveryState:
    """A stop lets what has left come to its end for a moment: cut off between request and
    answer it would be in doubt."""
    task = asyncio.ensure_future(send)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task], timeout=GRACE_SECONDS)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        raise
