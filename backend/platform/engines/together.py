"""Questions that come at the same time are asked as one.

Where many ask at once, the way to the database costs more than what is looked up there. So what is
asked while the same question is on its way waits for it, and then goes along with the others as one
statement. No answer is older than its asker: a statement answers nobody who came after it began.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from typing import Any

# Each is a look at an index: what takes longer has lost its database, and who comes afterwards must
# not wait for it.
SECONDS = 10.0

# Given a group and what is asked for in it, each once; gives what was found, by what it was asked
# for.
Ask = Callable[[Any, Sequence[Any]], Awaitable[Mapping[Any, Any]]]


class Together:
    """Of one event loop. No statement may take longer than `seconds`."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lines: dict[tuple[Ask, Hashable], _Line] = {}

    async def find(self, ask: Ask, group: Hashable, wanted: Hashable) -> Any:
        """None where nothing was found. Of one `ask` and one `group` there is one statement at a
        time. Raises what `ask` raises, and TimeoutError."""
        key = (ask, group)
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = _Line()
            line.task = asyncio.create_task(self._serve(key, line))
        answer = asyncio.get_running_loop().create_future()
        line.waiting.append((wanted, answer))
        return await answer

    async def _serve(self, key: tuple[Ask, Hashable], line: "_Line") -> None:
        """Until nobody waits."""
        ask, group = key
        try:
            while line.waiting:
                line.asked, line.waiting = line.waiting, []
                await line.answer(ask, group, self._seconds)
        finally:
            del self._lines[key]
            line.end()


class _Line:
    """Who waits for the next statement, and who for the one that is on its way."""

    __slots__ = ("asked", "task", "waiting")

    def __init__(self) -> None:
        self.waiting: list[tuple[Hashable, asyncio.Future[Any]]] = []
        self.asked: list[tuple[Hashable, asyncio.Future[Any]]] = []
        # Held here, or it would be collected while it waits.
        self.task: asyncio.Task[None] | None = None

    async def answer(self, ask: Ask, group: Hashable, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                found = await ask(group, list(dict.fromkeys(wanted for wanted, _ in self.asked)))
        except Exception as wrong:  # noqa: BLE001  told to everybody who asked
            for _, answer in self.asked:
                if not answer.done():
                    answer.set_exception(wrong)
            return
        for wanted, answer in self.asked:
            if not answer.done():
                answer.set_result(found.get(wanted))

    def end(self) -> None:
        """Whoever still waits is cancelled with it."""
        for _, answer in (*self.asked, *self.waiting):
            answer.cancel()
