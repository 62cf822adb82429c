"""Begins and ends of many attempts in one statement.

While one statement is under way, whatever else is asked waits and goes together in the next: nobody
waits for a batch to fill, and the busier it is the fewer statements there are for each.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextvars import copy_context
from typing import Generic, Protocol, TypeVar

from backend.outbox import attempt as outbox
from backend.outbox.attempt import Attempt
from backend.outbox.claim import Claimed
from backend.platform.clock import Clock

MOST = 500
T = TypeVar("T")
R = TypeVar("R")


class Steps(Protocol):
    """How an attempt begins and ends well."""

    async def begin(self, claimed: Sequence[Claimed]) -> list[Attempt]:
        """Without those that are done already, or that another attempt has begun."""

    async def done(self, attempts: Sequence[Attempt]) -> set[int]:
        """Ids of the deliveries that are over; any other has to run once more."""


class Direct:
    """Each step with a statement of its own."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def begin(self, claimed: Sequence[Claimed]) -> list[Attempt]:
        return await outbox.begin(self._clock(), claimed)

    async def done(self, attempts: Sequence[Attempt]) -> set[int]:
        return await outbox.done(self._clock(), attempts)


class Together(Generic[T, R]):
    """`do` is asked for many and answers by `key`. The first that asked has the answer."""

    def __init__(
        self, do: Callable[[Sequence[T]], Awaitable[dict[int, R]]], key: Callable[[T], int]
    ) -> None:
        self._do, self._key = do, key
        self._waiting: list[tuple[Sequence[T], asyncio.Future[list[R]]]] = []
        self._at_work: asyncio.Task[None] | None = None
        # Not that of whoever asks first, who may be in the middle of something.
        self._context = copy_context()

    async def ask(self, items: Sequence[T]) -> list[R]:
        """Raises what the common statement raises."""
        if not items:
            return []
        answer: asyncio.Future[list[R]] = asyncio.get_running_loop().create_future()
        self._waiting.append((items, answer))
        if self._at_work is None:
            self._at_work = asyncio.create_task(self._go_on(), context=self._context.copy())
        return await answer

    async def end(self) -> None:
        """Wait for what is under way."""
        if self._at_work is not None:
            await asyncio.wait([self._at_work])

    async def _go_on(self) -> None:
        try:
            while self._waiting:
                await self._one_turn(self._next())
        finally:
            self._at_work = None

    def _next(self) -> list[tuple[Sequence[T], asyncio.Future[list[R]]]]:
        size = number = 0
        for items, _ in self._waiting:
            size += len(items)
            if number and size > MOST:
                break
            number += 1
        turn, self._waiting = self._waiting[:number], self._waiting[number:]
        return turn

    async def _one_turn(self, turn: list[tuple[Sequence[T], asyncio.Future[list[R]]]]) -> None:
        try:
            found = await self._do([item for items, _ in turn for item in items])
        except Exception as error:  # noqa: BLE001  raised where it was asked
            for _, answer in turn:
                if not answer.done():
                    answer.set_exception(error)
            return
        for items, answer in turn:
            keys = [self._key(item) for item in items]
            mine = [found.pop(key) for key in keys if key in found]
            if not answer.done():
                answer.set_result(mine)


class Shared:
    """The steps of all attempts of this process."""

    def __init__(self, clock: Clock) -> None:
        async def begin(claimed: Sequence[Claimed]) -> dict[int, Attempt]:
            return {each.delivery_id: each for each in await outbox.begin(clock(), claimed)}

        async def done(attempts: Sequence[Attempt]) -> dict[int, int]:
            over = await outbox.done(clock(), attempts)
            return {delivery_id: delivery_id for delivery_id in over}

        self._begins = Together(begin, lambda claimed: claimed.id)
        self._ends = Together(done, lambda attempt: attempt.delivery_id)

    async def begin(self, claimed: Sequence[Claimed]) -> list[Attempt]:
        return sorted(await self._begins.ask(claimed), key=outbox.in_order)

    async def done(self, attempts: Sequence[Attempt]) -> set[int]:
        return set(await self._ends.ask(attempts))

    async def end(self) -> None:
        """Wait for the statements under way."""
        await self._begins.end()
        await self._ends.end()
