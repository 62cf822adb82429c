"""Tasks by the id of what they look after, one for each: a slow one holds up nobody but itself."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from functools import partial

from backend.platform.away import is_away
from backend.platform.watch.log import get_log

log = get_log(__name__)


class Lanes:
    """Of one process. `turn` does some of what is due for an id, and says whether there may be
    more; `what` names the lanes in the log."""

    def __init__(self, what: str, turn: Callable[[int], Awaitable[bool]]) -> None:
        self._what, self._turn = what, turn
        self._open: dict[int, asyncio.Task[None]] = {}

    def open(self, ids: Iterable[int]) -> None:
        """Those that are not open yet."""
        for each in ids:
            if each not in self._open:
                task = asyncio.create_task(self._run(each))
                self._open[each] = task
                task.add_done_callback(partial(self._closed, each))

    def _closed(self, each: int, _task: asyncio.Task[None]) -> None:
        del self._open[each]

    async def rest(self) -> None:
        """Wait for the lanes that are open."""
        while self._open:
            await asyncio.wait(set(self._open.values()))

    async def stop(self) -> None:
        lanes = set(self._open.values())
        for lane in lanes:
            lane.cancel()
        if lanes:
            await asyncio.wait(lanes)

    async def _run(self, each: int) -> None:
        try:
            while await self._turn(each):
                continue
        except Exception as error:
            if is_away(error):
                log.warning(
                    "a lane waits for better times", lane=self._what, error=type(error).__name__
                )
            else:
                log.exception("a lane's turn failed", lane=self._what, id=each)
