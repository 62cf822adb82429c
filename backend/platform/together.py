"""What many ask for, in one statement.

While one statement is under way, whatever else is asked waits and goes together in the next: nobody
waits for a batch to fill, and the busier it is the fewer statements there are for each.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextvars import copy_context
from typing import Any, Generic, TypeVar

from backend.platform.away import is_away

MOST = 500
T = TypeVar("T")
R = TypeVar("R")
# Of many that are asked for, in one statement: the answer to each, in their order.
Statement = Callable[[Sequence[T]], Awaitable[Sequence[R]]]


class Together(Generic[T, R]):
    """Of one statement. Whoever is cancelled while they wait takes nothing from the others; when
    the work itself is cancelled, all who wait are."""

    def __init__(self, do: Statement[T, R]) -> None:
        self._do = do
        self._waiting: list[tuple[Sequence[T], asyncio.Future[Sequence[R]]]] = []
        self._turn: list[tuple[Sequence[T], asyncio.Future[Sequence[R]]]] = []
        self._at_work: asyncio.Task[None] | None = None
        # Not that of whoever asks first, who may be in the middle of something.
        self._context = copy_context()

    async def ask(self, items: Sequence[T]) -> Sequence[R]:
        """Raises what the statement raises. When it fails for several, each is asked for by itself:
        what is wrong with one concerns no other."""
        if not items:
            return []
        answer: asyncio.Future[Sequence[R]] = asyncio.get_running_loop().create_future()
        self._waiting.append((items, answer))
        if self._at_work is None:
            self._at_work = asyncio.create_task(self._go_on(), context=self._context.copy())
            self._at_work.add_done_callback(self._ended)
        return await answer

    async def end(self) -> None:
        """Wait for what is under way."""
        if self._at_work is not None:
            await asyncio.wait([self._at_work])

    async def _go_on(self) -> None:
        while self._waiting:
            self._turn = self._next()
            await self._one_turn(self._turn)
        self._at_work = None

    def _ended(self, ended: asyncio.Task[None]) -> None:
        """Cancelled, perhaps before it began: whoever was left without an answer is, too."""
        if not ended.cancelled():
            return
        left = [*self._turn, *self._waiting]
        self._turn, self._waiting, self._at_work = [], [], None
        for _, answer in left:
            answer.cancel()

    def _next(self) -> list[tuple[Sequence[T], asyncio.Future[Sequence[R]]]]:
        size = number = 0
        for items, _ in self._waiting:
            size += len(items)
            if number and size > MOST:
                break
            number += 1
        turn, self._waiting = self._waiting[:number], self._waiting[number:]
        return turn

    async def _one_turn(self, turn: list[tuple[Sequence[T], asyncio.Future[Sequence[R]]]]) -> None:
        try:
            found = await self._do([item for items, _ in turn for item in items])
        except Exception as error:  # noqa: BLE001  raised where it was asked
            if len(turn) > 1 and not is_away(error):
                for each in turn:
                    await self._one_turn([each])
                return
            for _, answer in turn:
                if not answer.done():
                    answer.set_exception(error)
            return
        at = 0
        for items, answer in turn:
            if not answer.done():
                answer.set_result(found[at : at + len(items)])
            at += len(items)


class Statements:
    """A Together for each statement that is asked for."""

    def __init__(self) -> None:
        self._those: dict[Statement[Any, Any], Together[Any, Any]] = {}
        self._context = copy_context()

    async def ask(self, do: Statement[T, R], item: T) -> R:
        those: Together[T, R] | None = self._those.get(do)
        if those is None:
            those = self._those[do] = self._context.run(Together, do)
        (answer,) = await those.ask([item])
        return answer

    async def end(self) -> None:
        """Wait for what is under way."""
        for each in list(self._those.values()):
            await each.end()
