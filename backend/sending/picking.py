"""Who is next in a lane: campaigns take turns, one message each, so that a small one is not stuck
behind a large one, and what was put off is one more of them."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from backend.sending.desk import Desk
from backend.sending.feed import Due, Feed, Fresh
from backend.sending.handing import until_digest
from backend.sending.outcomes import Outcome
from backend.sending.voice import Voice
from backend.sending.waiting import Waiting
from models.channel import ChannelName
from models.message import DeliveryState

# More than this is put off only after it was written down.
MOST_UNWRITTEN = 2000


@dataclass(frozen=True, slots=True)
class Picked:
    waiting: Waiting
    voice: Voice
    feed: Feed


class Picking:
    def __init__(self, desk: Desk, channel: str, *, promo: bool) -> None:
        self._desk, self._channel = desk, channel
        self._fresh: dict[int, Fresh] = {}
        self._due = Due(desk.ctx.clock, channel, promo=promo)
        self._order: deque[Feed] = deque([self._due])
        # Of a person who is in the group that is being made.
        self._aside: deque[Picked] = deque()

    def expect(self, *, due: bool) -> None:
        """Whether anything that was put off has come due."""
        self._due.expected = due

    def open_campaigns(self, after: Mapping[int, int]) -> None:
        """Those that go out now, and after which message each begins."""
        for campaign_id in set(self._fresh) - set(after):
            self._order.remove(self._fresh.pop(campaign_id))
        for campaign_id in set(after) - set(self._fresh):
            feed = Fresh(campaign_id, self._channel, after[campaign_id])
            self._fresh[campaign_id] = feed
            self._order.append(feed)

    def up_to(self, campaign_id: int) -> int | None:
        """The message below which none of a campaign waits its turn here."""
        feed = self._fresh.get(campaign_id)
        return None if feed is None else feed.up_to

    def look_again(self, campaign_id: int) -> None:
        if campaign_id in self._fresh:
            self._fresh[campaign_id].look_again()

    def idle(self, campaign_id: int) -> bool:
        feed = self._fresh.get(campaign_id)
        return feed is None or feed.idle

    async def gather(self, most: int) -> list[Picked]:
        """Some of different people."""
        group: list[Picked] = []
        people: set[int] = set()
        while len(group) < most:
            picked = self._aside.popleft() if self._aside else await self._next()
            if picked is None:
                break
            if picked.waiting.customer_id in people:
                self._aside.append(picked)
                break
            people.add(picked.waiting.customer_id)
            group.append(picked)
        return group

    async def _next(self) -> Picked | None:
        empty = 0
        while empty < len(self._order) and self._desk.outcomes.unwritten < MOST_UNWRITTEN:
            feed = self._order[0]
            self._order.rotate(-1)
            waiting = await feed.take()
            empty = empty + 1 if waiting is None else 0
            picked = None if waiting is None else await self._look(feed, waiting)
            if picked is not None:
                return picked
        return None

    async def _look(self, feed: Feed, waiting: Waiting) -> Picked | None:
        """None for one that need not be asked about: its end, or until when it is put off, is
        written down."""
        voice, now = await self._desk.voice(waiting), self._desk.ctx.clock()
        over = over_by_now(self._channel, waiting, voice, now)
        if over is not None:
            self._end(feed, over)
        if over is not None or voice is None:
            return None
        if waiting.digest:
            self._end(feed, until_digest(waiting, self._channel, now))
            return None
        picked = Picked(waiting, voice, feed)
        return None if self.is_night(picked, now) else picked

    def is_night(self, picked: Picked, now: datetime) -> bool:
        """Where they are; then they are put off until it is over."""
        waiting, voice = picked.waiting, picked.voice
        until = night_until(voice, waiting.zone or voice.zone, now)
        if until is not None:
            state, reason = DeliveryState.QUEUED, "quiet hours"
            night = Outcome(waiting, self._channel, state, reason, left=False, due_at=until)
            self._end(picked.feed, night)
        return until is not None

    def _end(self, feed: Feed, outcome: Outcome) -> None:
        outcome.written = lambda: feed.let_go(outcome.waiting)
        self._desk.outcomes.add(outcome)


def over_by_now(
    channel: str, waiting: Waiting, voice: Voice | None, now: datetime
) -> Outcome | None:
    """How one ends that waits for nothing any more."""

    def ended(state: DeliveryState, reason: str) -> Outcome:
        return Outcome(waiting, channel, state, reason, left=False)

    if voice is None:
        return ended(DeliveryState.STOPPED, "cancelled")
    if voice.stale is not None and now - waiting.written_at >= voice.stale:
        return ended(DeliveryState.STOPPED, "stale")
    if waiting.chat is None and channel == ChannelName.TELEGRAM:
        return ended(DeliveryState.FAILED, "no Telegram chat")
    return None


def night_until(voice: Voice, zone: str, now: datetime) -> datetime | None:
    """None while it is day there."""
    if voice.quiet is None or not voice.quiet.holds(now, zone):
        return None
    return voice.quiet.end_after(now, zone)
