"""Advertising for those who want it once a day: all that waits for a person leaves as one message.

It is begun as a whole and each of its messages ends by itself: a process that is killed leaves in
doubt all that was in it.
"""

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from backend.messaging.channel import Channel, Turn
from backend.messaging.handover import Handover, Head, PersonAddress
from backend.platform.failures import TryLater
from backend.platform.watch.use_case_log import log_of
from backend.sending.begin import Cleared, Hindrance
from backend.sending.desk import Desk
from backend.sending.digest_begin import Begun, begin_digest
from backend.sending.digest_day import day_began, digest_after, is_closed
from backend.sending.digest_said import MOST_LINES, DigestSaid, Line, fit
from backend.sending.handing import (
    DIGEST,
    Leaving,
    addressed,
    again,
    answer_to,
    outcome_of,
    until_digest,
)
from backend.sending.lane import AT_ONCE, ENDS, PARKED
from backend.sending.outcomes import Outcome
from backend.sending.picking import night_until, over_by_now
from backend.sending.voice import Voice
from backend.sending.waiting import Waiting, digests
from backend.templates.values_of import storable, values_of
from models.message import DeliveryState
from models.message_purpose import MessagePurpose

Pair = tuple[Waiting, Voice]


class Digests:
    """Of one process, by one channel. See Lane."""

    promo = True

    def __init__(self, desk: Desk, name: str, channel: Channel) -> None:
        self._desk, self._channel_name, self._channel = desk, name, channel
        self.name = "digests"
        # Whether anything has come due.
        self.expected = False
        self._buffer: deque[list[Waiting]] = deque()
        # By person, what of theirs has not been written down.
        self._in_hand: dict[int, set[int]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._landed = asyncio.Event()

    async def step(self) -> bool:
        """One leaves, in the background; whether there was anybody."""
        if not self._buffer and self.expected:
            found = await digests(self._now(), self._channel_name, self._in_hand.keys())
            self._buffer.extend(found)
            for each in found:
                self._in_hand[each[0].customer_id] = {waiting.id for waiting in each}
        if not self._buffer:
            return False
        while len(self._tasks) >= AT_ONCE:
            self._landed.clear()
            await self._landed.wait()
        task = asyncio.create_task(self._one(self._buffer.popleft()))
        self._tasks.add(task)
        task.add_done_callback(self._over)
        return True

    async def settle(self, seconds: float) -> None:
        """See Lane.settle."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)
        left = list(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def _over(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._landed.set()

    def _now(self) -> datetime:
        return self._desk.ctx.clock()

    async def _one(self, whole: list[Waiting]) -> None:
        try:
            await self._leave(whole)
        except Exception:
            log = log_of(self._desk.ctx, __name__)
            log.exception("a message of the day waits: it could not be begun")
            await asyncio.sleep(1)
            self._in_hand.pop(whole[0].customer_id, None)

    async def _leave(self, whole: Sequence[Waiting]) -> None:
        pairs = await self._still_wait(whole)
        if not pairs:
            return
        turn = await self._channel.turn(self._handover(pairs[0], None))
        leaving = await self._begin(pairs)
        if leaving:
            await self._hand_over(turn, leaving)

    async def _still_wait(self, whole: Sequence[Waiting]) -> list[Pair]:
        """Of more than fit into a message the oldest; the others come the next day, and what has
        just been put to them at noon."""
        pairs: list[Pair] = []
        for waiting in whole:
            voice = await self._desk.voice(waiting)
            over = over_by_now(self._channel_name, waiting, voice, self._now())
            if over is not None:
                self._end(over)
            elif voice is None or waiting.reason != DIGEST or len(pairs) == MOST_LINES:
                self._end(until_digest(waiting, self._channel_name, self._now()))
            else:
                pairs.append((waiting, voice))
        return pairs

    async def _begin(self, pairs: Sequence[Pair]) -> list[Leaving]:
        async with self._desk.beginning:
            now = self._now()
            asked = [each for each in pairs if self._is_day(*each, now)]
            zone = pairs[0][0].zone
            caps = [(waiting, voice.caps) for waiting, voice in asked]
            name = self._channel_name
            begun = await begin_digest(now, name, day_began(now, zone), caps) if asked else None
        if begun is None:
            return []
        for waiting, _ in asked:
            self._hindered(waiting, begun, now)
        return await self._worded([each for each in asked if each[0].id in begun.leaving], begun)

    def _is_day(self, waiting: Waiting, voice: Voice, now: datetime) -> bool:
        """Where it is never day for the brand when others' come, nothing does."""
        name, zone = self._channel_name, waiting.zone or voice.zone
        if night_until(voice, zone, now) is not None:
            noon = digest_after(now, waiting.zone)
            if night_until(voice, zone, noon) is not None:
                state = DeliveryState.STOPPED
                self._end(Outcome(waiting, name, state, "quiet hours", left=False))
                return False
        elif not is_closed(now, waiting.zone):
            return True
        self._end(until_digest(waiting, name, now))
        return False

    def _hindered(self, waiting: Waiting, begun: Begun, now: datetime) -> None:
        name = self._channel_name
        match begun.hindered.get(waiting.id):
            case None if waiting.id in begun.leaving:
                return
            case None:
                self._let_go(waiting)
            case Hindrance.DIGEST:
                self._end(until_digest(waiting, name, now))
            case Hindrance.ALONE:
                self._end(again(waiting, name, now, left=False))
            case Hindrance.PAUSED:
                self._desk.parked.add(waiting.campaign_id or 0)
                self._end(again(waiting, name, PARKED, left=False))
            case hindrance:
                state, reason = ENDS[hindrance]
                self._end(Outcome(waiting, name, state, reason, left=False))

    async def _worded(self, pairs: Sequence[Pair], begun: Begun) -> list[Leaving]:
        """What does not fit any more comes the next day."""
        cleared, leaving = Cleared(None, begun.language), []
        for waiting, voice in pairs:
            try:
                values = await self._values(waiting, voice)
                whom = addressed(waiting, self._channel_name, begun.language, values)
                said = voice.said(whom)
                leaving.append(Leaving(waiting, voice, cleared, said, storable(values)))
            except Exception as bug:
                log = log_of(self._desk.ctx, __name__)
                log.exception("a message could not be worded", delivery=waiting.id)
                reason, state = f"bug: {type(bug).__name__}", DeliveryState.FAILED
                self._end(Outcome(waiting, self._channel_name, state, reason))
        fits = fit([_line(each) for each in leaving], begun.language)
        for each in leaving[fits:]:
            self._end(until_digest(each.waiting, self._channel_name, self._now(), left=True))
        return leaving[:fits]

    async def _values(self, waiting: Waiting, voice: Voice) -> Mapping[str, str]:
        variables = voice.variables(waiting.variant)
        people = [waiting.customer_id]
        found = await values_of(self._desk.ctx, voice.brand_id, people, variables)
        return found.get(waiting.customer_id, {})

    async def _hand_over(self, turn: Turn, leaving: Sequence[Leaving]) -> None:
        first, language = leaving[0], leaving[0].cleared.language
        said = DigestSaid([_line(each) for each in leaving], language)
        handover = self._handover((first.waiting, first.voice), said, language)
        try:
            await turn.comes()
        except TryLater as shut:
            until = self._now() + (shut.after or timedelta(seconds=1))
            for each in leaving:
                self._end(_together(again(each.waiting, self._channel_name, until)))
            return
        answer = await answer_to(self._desk.ctx, self._channel, handover)
        for each in leaving:
            ended = outcome_of(self._desk.ctx, self._channel_name, each, answer)
            self._end(_together(ended))

    def _handover(self, pair: Pair, said: DigestSaid | None, language: str = "ru") -> Handover:
        waiting, voice = pair
        once = f"digest:{waiting.id}"
        promo = MessagePurpose.PROMO
        head = Head(waiting.message_id, waiting.customer_id, promo, voice.brand_id, once)
        return Handover(head, language, PersonAddress(waiting.chat or ""), words=said)

    def _end(self, outcome: Outcome) -> None:
        outcome.written = lambda: self._let_go(outcome.waiting)
        self._desk.outcomes.add(outcome)

    def _let_go(self, waiting: Waiting) -> None:
        """Somebody is looked at again once all of theirs is written down."""
        left = self._in_hand.get(waiting.customer_id)
        if left is not None:
            left.discard(waiting.id)
            if not left:
                del self._in_hand[waiting.customer_id]


def _line(leaving: Leaving) -> Line:
    language = leaving.cleared.language
    return Line(leaving.voice.brand.get(language) or leaving.voice.brand["en"], leaving.said)


def _together(outcome: Outcome) -> Outcome:
    """Whatever is tried again is tried together."""
    if outcome.state is DeliveryState.QUEUED:
        outcome.digest_at, outcome.due_at, outcome.reason = outcome.due_at, None, DIGEST
    return outcome
