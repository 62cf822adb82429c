"""Handle what the inbox holds: a lane in order, lanes in parallel, at least once."""

import asyncio
import itertools
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from backend.platform.secrets.master_key import CannotOpen
from backend.platform.watch.log import get_log
from bot.intake.store import Inbox, Taken
from bot.intake.trouble import label, passes, pause_asked
from bot.intake.update import Malformed, Raw, kind_of

log = get_log(__name__)

Handle = Callable[[Raw], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Bounds:
    """`attempts`: how often an update may fail before it is set aside. Seconds for the rest."""

    parallel: int = 48
    attempts: int = 4
    look: float = 0.25
    first_pause: float = 0.3
    longest_pause: float = 30.0
    # Tries while Telegram or the database is away: a day of them.
    patience: int = 2880
    grace: float = 20.0


class Lanes:
    """One process at a time runs this for a bot (backend.platform.sole)."""

    def __init__(
        self, inbox: Inbox, handle: Handle, give_up: Handle, bounds: Bounds | None = None
    ) -> None:
        """`handle` raises when the update is to be tried again; `give_up` tells the person
        that it was set aside."""
        self._inbox = inbox
        self._handle = handle
        self._give_up = give_up
        self._bounds = bounds or Bounds()
        self._busy: dict[int, asyncio.Task[None]] = {}
        # Where something may wait, in the order in which they get a place.
        self._ready: dict[int, None] = {}
        self._looked = -math.inf
        # Lanes that wait before they try again: until when (loop time), and after how many.
        self._resting: dict[int, float] = {}
        self._failures: dict[int, int] = {}
        self._stopping = False

    async def run(self) -> None:
        """Until `stop`; then updates being handled are finished, the rest waits in the inbox."""
        try:
            while not self._stopping:
                await self._look()
            if self._busy:
                await asyncio.wait(self._busy.values(), timeout=self._bounds.grace)
        finally:
            late = list(self._busy.values())
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _look(self) -> None:
        try:
            await self._fill()
        except Exception as error:  # noqa: BLE001  the database may be away for a while
            log.warning("the inbox cannot be read", error=label(error))
            await asyncio.sleep(self._bounds.first_pause)
        await self._inbox.arrived.wait(self._bounds.look)

    def stop(self) -> None:
        self._stopping = True
        self._inbox.arrived.set()

    async def _fill(self) -> None:
        """Give every free place to a lane that waits. A lane has the place for one update, then
        it stands behind the others."""
        now = asyncio.get_running_loop().time()
        self._resting = {lane: due for lane, due in self._resting.items() if due > now}
        fresh, self._inbox.fresh = self._inbox.fresh, {}
        self._ready |= fresh
        if now - self._looked >= self._bounds.look:
            # What another process has stored, or left behind.
            self._looked = now
            skipped = len(self._busy) + len(self._resting)
            waiting = await self._inbox.lanes(skipped + 10 * self._bounds.parallel)
            self._ready |= dict.fromkeys(waiting)
        chosen = self._choose(self._bounds.parallel - len(self._busy))
        if not chosen or self._stopping:
            return
        for lane in chosen:
            del self._ready[lane]
        try:
            found = await self._inbox.take(chosen)
        except BaseException:
            self._ready |= dict.fromkeys(chosen)
            raise
        for taken in found:
            self._start(taken)

    def _choose(self, places: int) -> list[int]:
        """What rests is found again when it may go on."""
        self._ready = {lane: None for lane in self._ready if lane not in self._resting}
        waiting = (lane for lane in self._ready if lane not in self._busy)
        return list(itertools.islice(waiting, max(places, 0)))

    def _start(self, taken: Taken) -> None:
        task = asyncio.create_task(self._walk(taken), name=f"lane {taken.lane}")
        self._busy[taken.lane] = task
        task.add_done_callback(lambda _: self._ended(taken))

    def _ended(self, taken: Taken) -> None:
        del self._busy[taken.lane]
        if taken.more:
            self._ready.setdefault(taken.lane)
        if self._ready:
            self._inbox.arrived.set()

    async def _walk(self, taken: Taken) -> None:
        try:
            await self._one(taken.lane, taken)
        except Exception as error:  # noqa: BLE001  the inbox itself failed: try again later
            log.warning("a lane stops for a while", error=label(error))
            self._rest(taken.lane, error)

    async def _one(self, lane: int, taken: Taken) -> None:
        try:
            update = self._inbox.open(taken)
        except (Malformed, CannotOpen) as wrong:
            log.error("an update cannot be read", update_id=taken.update_id, error=label(wrong))
            await self._inbox.set_aside(taken, label(wrong))
            return
        if taken.attempts > self._bounds.attempts:
            await self._set_aside(taken, update, "the process ended each time")
            return
        try:
            await self._handle(update)
        except Malformed as wrong:
            await self._set_aside(taken, update, str(wrong))
        except Exception as error:  # noqa: BLE001  whatever it is, the lane goes on
            await self._failed(lane, taken, update, error)
        else:
            await self._surely(lambda: self._inbox.done(taken))
            self._failures.pop(lane, None)

    async def _surely(self, note: Callable[[], Awaitable[None]]) -> None:
        """Until the database has it, however long it is away: an update that was handled must
        not come again, and one that only waits must not spend an attempt."""
        while True:
            try:
                return await note()
            except Exception as error:
                if not passes(error):
                    raise
                log.warning("the inbox cannot be written", error=label(error))
                await asyncio.sleep(self._bounds.first_pause)

    async def _failed(self, lane: int, taken: Taken, update: Raw, error: Exception) -> None:
        fact = {"update_id": taken.update_id, "kind": kind_of(update), "attempt": taken.attempts}
        if passes(error) and self._failures.get(lane, 0) < self._bounds.patience:
            log.warning("an update waits for better times", error=label(error), **fact)
            await self._surely(lambda: self._inbox.put_back(taken))
        else:
            log.error("an update could not be handled", exc_info=error, **fact)
            if taken.attempts >= self._bounds.attempts:
                await self._set_aside(taken, update, label(error))
                self._failures.pop(lane, None)
                return
        self._rest(lane, error)

    def _rest(self, lane: int, error: Exception) -> None:
        failures = self._failures[lane] = self._failures.get(lane, 0) + 1
        pause = min(self._bounds.first_pause * 3 ** (failures - 1), self._bounds.longest_pause)
        now = asyncio.get_running_loop().time()
        self._resting[lane] = now + max(pause, pause_asked(error))

    async def _set_aside(self, taken: Taken, update: Raw, error: str) -> None:
        log.error("an update is set aside", update_id=taken.update_id, error=error)
        await self._inbox.set_aside(taken, error)
        try:
            await self._give_up(update)
        except Exception as trouble:  # noqa: BLE001  the apology is a courtesy
            log.warning("the person could not be told", error=label(trouble))
