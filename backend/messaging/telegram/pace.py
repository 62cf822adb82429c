"""The gate of outgoing Telegram calls: what is asked of it, and by whom.

Answers to people leave at once, as fast as Telegram takes them. Notices and mass
sends, which nobody has asked for, share one smooth pace, notices first; a new message in answer
to somebody takes a place of theirs, because Telegram may count them together. Every chat has a
pace of its own, for messages and edits of all lanes. What is paid for has a pace beside that of the
others. A 429 shuts the gate for everybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol

from backend.messaging.channel import TurnsOfMany


class Lane(StrEnum):
    """ANSWER: to somebody who has just tapped or written. NOTICE: one message to one person,
    because something has happened. MASS: one of many. PAID: one of many that is paid for."""

    ANSWER = "answer"
    NOTICE = "notice"
    MASS = "mass"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Call:
    """A call that shows `cost` messages in `chat` (None: no chat's pace); `new` or edited."""

    chat: int | None
    lane: Lane = Lane.ANSWER
    cost: int = 1
    new: bool = True


@dataclass(frozen=True, slots=True)
class Slot:
    """Sleep `seconds`, then: "go"; "chat" = ask for the bot's slot; "shut" = ask again."""

    kind: Literal["go", "chat", "shut"]
    seconds: float


class Pacer(Protocol):
    @property
    def per_second(self) -> float:
        """The pace of notices and mass sends."""
        ...

    @property
    def paid_per_second(self) -> float:
        """That of what is paid for; 0: nothing is."""
        ...

    async def turn(self, call: Call, *, ahead: float = 0.0) -> float:
        """Return when the call may leave, or up to `ahead` seconds before that; the value is the
        loop's time at which it may."""
        ...

    async def near(self, chats: Sequence[int], lane: Lane, *, ahead: float = 0.0) -> TurnsOfMany:
        """The same for new messages to some chats, one each: return up to `ahead` seconds before
        the first may leave. Who has had their chat's share must wait, and takes no turn."""
        ...

    async def opened(self) -> None:
        """Return at once, or when the gate opens: for calls that show no message."""
        ...

    async def shut_for(self) -> float:
        """Seconds until the gate opens, 0 when it is open."""
        ...

    async def shut(self, seconds: float, call: Call | None = None) -> None:
        """Telegram said 429 to `call`, or to one that shows no message: nobody passes for
        `seconds`, and what was to blame is slower from then on."""
        ...

    async def aclose(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Slots:
    """Sleep `seconds`, then, unless `shut`, one leaves after the other, `every` seconds apart.
    `late`: of each chat, how long it must wait first."""

    shut: bool
    seconds: float
    every: float = 0.0
    late: Sequence[float] = ()


class Reservations(Protocol):
    """Where slots are kept: in memory, or in Redis for several processes."""

    async def reserve(self, call: Call) -> Slot: ...

    async def reserve_many(self, chats: Sequence[int], *, paid: bool = False) -> Slots:
        """Of notices or mass sends, or `paid` ones, one new message to each private chat."""
        ...

    async def shut(self, seconds: float, call: Call | None) -> None: ...

    async def shut_for(self) -> float:
        """Seconds until the gate opens, 0 when it is open."""
        ...

    async def aclose(self) -> None: ...
