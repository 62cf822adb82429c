"""A lane: what goes by one channel, either advertising or the rest, a few at a time.

The turn comes first and the question whether they may right before they leave, so that the wait for
the turn is no part of it.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from backend.messaging.channel import Channel, ManyAtOnce, PacesMany, TurnsOfMany
from backend.platform.watch.use_case_log import log_of
from backend.sending.begin import Cleared, Hindrance, begin
from backend.sending.desk import Desk
from backend.sending.handing import Leaving, addressed, again, hand_over, until_digest
from backend.sending.outcomes import Outcome
from backend.sending.picking import Picked, Picking
from backend.templates.values_of import storable, values_of
from models.message import DeliveryState

# Hand-overs at once, of a channel that keeps no pace; the least of one that does.
AT_ONCE = 8
# How close together they leave that are late: the pace leaves so little of what is allowed.
CATCHING_UP = 0.99
# Of a paused campaign, until it goes on (Sender.open_campaigns).
PARKED = datetime.fromisoformat("9999-01-01T00:00:00+00:00")
ENDS = {
    Hindrance.DELETED: (DeliveryState.STOPPED, "the customer deleted their data"),
    Hindrance.BLOCKED: (DeliveryState.FAILED, "the customer blocked the bot"),
    Hindrance.CANCELLED: (DeliveryState.STOPPED, "cancelled"),
    Hindrance.NO_CONSENT: (DeliveryState.STOPPED, "no consent"),
    Hindrance.CAPPED: (DeliveryState.STOPPED, "capped"),
}


class Lane:
    paid = False

    def __init__(self, desk: Desk, name: str, channel: Channel, *, promo: bool) -> None:
        self._desk, self.name, self._channel, self.promo = desk, name, channel, promo
        self.picking = Picking(desk, name, promo=promo)
        self._tasks: set[asyncio.Task[None]] = set()
        self._flying = 0
        # Before this nothing leaves.
        self._next_at = 0.0
        self._landed = asyncio.Event()
        self._unused: Counter[int] = Counter()

    async def step(self) -> bool:
        """Some leave, in the background; whether there was anybody."""
        paces = isinstance(self._channel, PacesMany)
        group = await self.picking.gather(self._channel.some() if paces else 1)  # type: ignore[attr-defined]
        if not group:
            return False
        await self._room()
        turns = await self._turns(group)
        self._flying += len(group)
        task = asyncio.create_task(self._leave(group, turns))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return True

    async def settle(self, seconds: float) -> None:
        """What is on its way may come to its end for so long: cut off between request and answer it
        would be in doubt."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)
        left = list(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _room(self) -> None:
        """Wait while so many are on their way as the pace needs."""
        channel = self._channel
        most = AT_ONCE
        if isinstance(channel, ManyAtOnce) and isinstance(channel, PacesMany):
            most = max(most, channel.at_once() + 2 * channel.some())
        while self._flying >= most:
            self._landed.clear()
            await self._landed.wait()

    async def _turns(self, group: Sequence[Picked]) -> TurnsOfMany:
        now = asyncio.get_running_loop().time()
        if not isinstance(self._channel, PacesMany):
            return TurnsOfMany(now, 0.0, [0.0] * len(group))
        chats = [str(each.waiting.chat) for each in group]
        return await self._channel.turns(chats, promo=self.promo)

    async def _leave(self, group: Sequence[Picked], turns: TurnsOfMany) -> None:
        near = _now()
        try:
            leaving = await self._begin(self._on_time(group, turns.late))
        except Exception:
            log = log_of(self._desk.ctx, __name__)
            log.exception("some messages wait: they could not be begun")
            for each in group:
                each.feed.give_back(each.waiting)
            self._land(len(group))
            await asyncio.sleep(1)
            return
        self._land(len(group) - len(leaving))
        if isinstance(self._channel, PacesMany):
            self._channel.began(_now() - near)
            shut = await self._channel.shut_for()
            if shut > 0:
                await self._put_back(leaving, shut)
                return
        async with asyncio.TaskGroup() as sends:
            for number, one in enumerate(leaving):
                await self._moment(turns, number)
                sends.create_task(self._send(one))

    async def _moment(self, turns: TurnsOfMany, number: int) -> None:
        """Of one of a group. After a moment in which the whole process stood still they catch up,
        but never in a bunch, which Telegram would refuse."""
        now = _now()
        mine = max(turns.at + number * turns.every, self._next_at, now)
        self._next_at = mine + turns.every * CATCHING_UP
        await asyncio.sleep(mine - now)

    def _on_time(self, group: Sequence[Picked], late: Sequence[float]) -> list[Picked]:
        """Whose chat has had its share waits for longer than the others."""
        now = self._desk.ctx.clock()
        for each, seconds in zip(group, late, strict=True):
            if seconds > 0:
                self._end(each, again(
                    each.waiting, self.name, now + timedelta(seconds=seconds), left=False
                ))  # fmt: skip
        return [each for each, seconds in zip(group, late, strict=True) if seconds <= 0]

    async def _begin(self, picked: Sequence[Picked]) -> list[Leaving]:
        """All questions are of one moment."""
        values = await self._values(picked)
        async with self._desk.beginning:
            now = self._desk.ctx.clock()
            group = [each for each in picked if not self.picking.is_night(each, now)]
            cleared = await self._ask(now, group) if group else {}
        leaving = []
        for each in group:
            found = cleared.get(each.waiting.id)
            if found is None:
                each.feed.let_go(each.waiting)
            elif found.hindrance is not None:
                self._hindered(each, found.hindrance)
            else:
                each.feed.let_go(each.waiting)
                leaving += self._worded(each, found, values.get(each.waiting.customer_id, {}))
        return leaving

    async def _ask(self, now: datetime, group: Sequence[Picked]) -> Mapping[int, Cleared]:
        asked = [(each.waiting, each.voice.caps) for each in group]
        return await begin(now, self.name, asked) if asked else {}

    async def _values(self, group: Sequence[Picked]) -> Mapping[int, Mapping[str, str]]:
        found: dict[int, Mapping[str, str]] = {}
        wanted: dict[tuple[int, frozenset[str]], list[int]] = {}
        for each in group:
            variables = each.voice.variables(each.waiting.variant)
            if variables:
                key = each.voice.brand_id, variables
                wanted.setdefault(key, []).append(each.waiting.customer_id)
        for (brand_id, variables), people in wanted.items():
            found |= await values_of(self._desk.ctx, brand_id, people, variables)
        return found

    def _hindered(self, each: Picked, hindrance: Hindrance) -> None:
        if hindrance is Hindrance.PAUSED:
            self._desk.parked.add(each.waiting.campaign_id or 0)
            self._end(each, again(each.waiting, self.name, PARKED, left=False))
            return
        if hindrance is Hindrance.UNPAID:
            now = self._desk.ctx.clock()
            self._end(each, again(each.waiting, self.name, now, left=False))
            return
        if hindrance is Hindrance.DIGEST:
            self._end(each, until_digest(each.waiting, self.name, self._desk.ctx.clock()))
            return
        state, reason = ENDS[hindrance]
        self._end(each, Outcome(each.waiting, self.name, state, reason, left=False))

    def _worded(self, each: Picked, cleared: Cleared, values: Mapping[str, str]) -> list[Leaving]:
        """None where that is a mistake of ours: nothing has left."""
        waiting = each.waiting
        whom = addressed(waiting, self.name, cleared.language, values)
        try:
            return [Leaving(waiting, each.voice, cleared, each.voice.said(whom), storable(values))]
        except Exception as bug:
            log = log_of(self._desk.ctx, __name__)
            log.exception("a message could not be worded", delivery=waiting.id)
            reason = f"bug: {type(bug).__name__}"
            outcome = Outcome(waiting, self.name, DeliveryState.FAILED, reason)
            self._desk.outcomes.add(outcome)
            return []

    def _end(self, each: Picked, outcome: Outcome) -> None:
        outcome.written = lambda: each.feed.let_go(each.waiting)
        self._desk.outcomes.add(outcome)

    async def _put_back(self, leaving: Sequence[Leaving], seconds: float) -> None:
        """The gate was shut meanwhile: nothing of them has left."""
        until = self._desk.ctx.clock() + timedelta(seconds=seconds)
        for one in leaving:
            outcome = again(one.waiting, self.name, until)
            self._desk.outcomes.add(outcome)
            await self._answered(outcome)
        self._land(len(leaving))

    async def _send(self, one: Leaving) -> None:
        try:
            outcome = await hand_over(self._desk.ctx, self._channel, self.name, one)
            self._desk.outcomes.add(outcome)
            await self._answered(outcome)
        finally:
            self._land(1)

    async def _answered(self, outcome: Outcome) -> None:
        """It has come to its end, or left in vain."""

    def _land(self, number: int) -> None:
        self._flying -= number
        self._landed.set()


def _now() -> float:
    return asyncio.get_running_loop().time()
