"""Where a lane gets what is to leave next: campaigns in their order, and what was put off."""

from collections import deque
from typing import Protocol

from backend.platform.clock import Clock
from backend.sending.waiting import BATCH, Waiting, due, fresh


class Feed(Protocol):
    """Rows in hand are not read again until they are let go: by then the database says of them
    something else."""

    async def take(self) -> Waiting | None: ...

    def let_go(self, waiting: Waiting) -> None:
        """It has been begun, ended or put off."""
        ...

    def give_back(self, waiting: Waiting) -> None:
        """Nothing has happened to it."""
        ...


class Fresh:
    """Of one campaign by one channel, in the order of its messages. `up_to`: below it nothing is in
    hand or unread."""

    def __init__(self, campaign_id: int, channel: str, after: int) -> None:
        self.campaign_id, self.channel = campaign_id, channel
        self._read = after
        self._buffer: deque[Waiting] = deque()
        self._in_hand: set[int] = set()
        # Nothing was left at the last look.
        self.dry = False

    @property
    def up_to(self) -> int:
        waiting = [each.message_id for each in self._buffer]
        return min([*waiting, *self._in_hand, self._read + 1]) - 1

    @property
    def idle(self) -> bool:
        return self.dry and not self._in_hand and not self._buffer

    def look_again(self) -> None:
        """More may have been written down since."""
        self.dry = False

    async def take(self) -> Waiting | None:
        if not self._buffer:
            found = await fresh(self.campaign_id, self.channel, self._read)
            self.dry = len(found) < BATCH
            self._read = found[-1].message_id if found else self._read
            self._buffer.extend(found)
        if not self._buffer:
            return None
        waiting = self._buffer.popleft()
        self._in_hand.add(waiting.message_id)
        return waiting

    def let_go(self, waiting: Waiting) -> None:
        self._in_hand.discard(waiting.message_id)

    def give_back(self, waiting: Waiting) -> None:
        self._in_hand.discard(waiting.message_id)
        self._buffer.appendleft(waiting)


class Due:
    """What was put off, by one channel, either advertising or the rest."""

    def __init__(self, clock: Clock, channel: str, *, promo: bool) -> None:
        self._clock, self._channel, self._promo = clock, channel, promo
        # Nobody asks in every lane, several times a second, for what is not there.
        self.expected = False
        self._buffer: deque[Waiting] = deque()
        self._in_hand: set[int] = set()

    async def take(self) -> Waiting | None:
        if not self._buffer and self.expected:
            found = await due(self._clock(), self._channel, promo=self._promo)
            self._buffer.extend(each for each in found if each.id not in self._in_hand)
        if not self._buffer:
            return None
        waiting = self._buffer.popleft()
        self._in_hand.add(waiting.id)
        return waiting

    def let_go(self, waiting: Waiting) -> None:
        self._in_hand.discard(waiting.id)

    def give_back(self, waiting: Waiting) -> None:
        self._in_hand.discard(waiting.id)
        self._buffer.appendleft(waiting)
