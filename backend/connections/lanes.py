"""A lane for each connection, so that one that is away holds up nobody but itself."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TypeVar

from backend.cards.issue.fulfil_request import STILL_WAITS, fulfil, pending_of
from backend.connections.due import due_members, due_requests, may_ask, ready
from backend.connections.settle import (
    connection_failed,
    connection_well,
    member_failed,
    request_failed,
)
from backend.connections.tell_member import Telling, tell_member
from backend.connections.told import Told
from backend.partners.opened import Connections, Opened
from backend.platform import lanes
from backend.platform.away import is_away
from backend.platform.context import Context
from backend.platform.failures import Failure, GiveUp, NeedsSettings, TryLater
from backend.platform.watch.use_case_log import log_of
from models.connection import CardRequest, Connection, PartnerMember
from models.refusal import Code, Refusal

T = TypeVar("T")
# Read at a time; while the other side fails, one.
BATCH = 200
SECONDS = 15.0
# People in hand for each request at a time: while some are read and written down, others are asked
# about.
IN_HAND = 2


class Lanes:
    """Of one process at a time."""

    def __init__(self, ctx: Context, connections: Connections) -> None:
        self._ctx, self._connections = ctx, connections
        self._lanes = lanes.Lanes("connections", self.turn)

    async def step(self) -> None:
        """Open the lanes that have something to do."""
        self._lanes.open(await ready(self._ctx.clock()))

    async def rest(self) -> None:
        """Wait for the lanes that are open."""
        await self._lanes.rest()

    async def stop(self) -> None:
        await self._lanes.stop()

    async def turn(self, connection_id: int) -> bool:
        """What is due; whether there may be more."""
        now = self._ctx.clock()
        connection = await may_ask(connection_id, now)
        if connection is None:
            return False
        most = 1 if connection.failures else BATCH
        try:
            opened = await self._connections.open(connection)
        except NeedsSettings as missing:
            await connection_failed(self._ctx, connection, missing)
            return False
        work: deque[PartnerMember | CardRequest] = deque(
            await due_requests(connection_id, now, most)
        )
        work.extend(await due_members(connection_id, now, most - len(work)))
        turn = Turn(self._ctx, connection, opened, work)
        await turn.run(1 if connection.failures else opened.settings.at_once * IN_HAND)
        return turn.well


class Turn:
    """Some of what is due, several at once. The first that finds nobody there ends it for all."""

    def __init__(
        self,
        ctx: Context,
        connection: Connection,
        opened: Opened,
        work: deque[PartnerMember | CardRequest],
    ) -> None:
        self._ctx, self._connection, self._opened = ctx, connection, opened
        self._work = work
        self._places = asyncio.Semaphore(opened.settings.at_once)
        self._good = 0
        self._failed: Exception | None = None
        self._broken: Exception | None = None

    @property
    def well(self) -> bool:
        """Whether one may go on at once."""
        return bool(self._good) and self._failed is None

    async def run(self, in_hand: int) -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(in_hand, len(self._work))):
                group.create_task(self._work_off())
        if self._broken is not None:
            raise self._broken
        if (self._failed is not None and not self._good) or isinstance(self._failed, NeedsSettings):
            await connection_failed(self._ctx, self._connection, self._failed)
        elif self._good:
            await connection_well(self._ctx, self._connection)

    async def _work_off(self) -> None:
        while self._work and self._failed is None and self._broken is None:
            each = self._work.popleft()
            if isinstance(each, CardRequest):
                await self._fulfil(each)
            else:
                await self._tell(each)

    async def _tell(self, row: PartnerMember) -> None:
        processor, log = self._opened.processor, log_of(self._ctx, __name__)
        try:
            if processor is None:
                raise NeedsSettings("this vendor owns no numbers: no program may name it")
            told = Told.read(self._ctx.vault, row.told)
            await tell_member(Telling(self._ctx, self._connection, processor, self._ask, row, told))
        except GiveUp as end:
            # They have answered.
            self._good += 1
            await member_failed(self._ctx, row, end)
        except Failure as away:
            self._failed = away
            await member_failed(self._ctx, row, away)
        except Exception as error:
            if is_away(error):
                # Of our own database: nothing is said of the other side.
                self._broken = error
                return
            log.exception("telling a partner failed", connection=self._connection.id)
            await member_failed(self._ctx, row, error)
        else:
            self._good += 1

    async def _fulfil(self, row: CardRequest) -> None:
        try:
            pending = await pending_of(self._ctx, row, SECONDS, shown=False, looked_on=False)
            await fulfil(self._ctx, pending)
        except Refusal as refusal:
            if refusal.code not in STILL_WAITS:
                self._good += 1
                if refusal.code is Code.NUMBER_TAKEN:
                    # Two people there have one number.
                    log = log_of(self._ctx, __name__)
                    log.error("a number of theirs is taken", connection=self._connection.id)
                return
            self._failed = TryLater(refusal.code.value)
            seconds = int(refusal.details.get("seconds", 0))
            await request_failed(self._ctx, row, refusal.code.value, min(seconds, 30))
        else:
            self._good += 1

    async def _ask(self, ask: Callable[[], Awaitable[T]]) -> T:
        """Raises TryLater when there is no answer in time."""
        breaker = self._opened.breaker
        try:
            async with self._places:
                await self._opened.rate.comes()
                async with asyncio.timeout(SECONDS):
                    said = await ask()
        except TimeoutError:
            breaker.failed()
            raise TryLater(f"no answer within {SECONDS:.0f} s") from None
        except TryLater:
            breaker.failed()
            raise
        breaker.well()
        return said
