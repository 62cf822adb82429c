"""What a channel is: it takes one message to one address and says how that ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from backend.messaging.handover import Handover


class Unreachable(Exception):
    """Nobody is reached at this address. `gone`: they blocked us or left for good."""

    def __init__(self, reason: str, *, gone: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.gone = gone


class OutcomeUnknown(Exception):
    """The request left and no answer came: it may have been delivered."""


class Unpaid(Exception):
    """The other side does not take it as paid for; nothing was delivered, and without payment it
    may be."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Handed:
    """The other side has it. `cost_kopecks` where every message costs something."""

    provider_id: str
    cost_kopecks: int = 0


class Turn(Protocol):
    async def comes(self) -> None:
        """Return when the request may leave: it does, after the question whether it still may.
        Raises TryLater when the turn is lost: nothing was sent."""
        ...


class NoTurn:
    """Of a channel that keeps no pace."""

    async def comes(self) -> None:
        return


class Channel(Protocol):
    async def turn(self, handover: Handover) -> Turn:
        """Return when the turn of a send is near: what is written down before it is written now.
        The wait for it is no part of the send: a process killed while it waits leaves no delivery
        in doubt."""
        ...

    async def send(self, handover: Handover) -> Handed:
        """After its turn: deliver.

        Raises Unreachable (also for an address that is none of this channel), OutcomeUnknown,
        or one of backend.platform.failures when nothing was delivered.
        """
        ...


@runtime_checkable
class ManyAtOnce(Protocol):
    """A channel with a pace, which needs so many hand-overs at once to keep it."""

    def at_once(self) -> int: ...


@dataclass(frozen=True, slots=True)
class TurnsOfMany:
    """The first leaves at `at`, a moment of the loop's time, each other `every` seconds later.
    `late`: how long each must wait first, 0 for most; it has no turn then."""

    at: float
    every: float
    late: Sequence[float]


@runtime_checkable
class PacesMany(Protocol):
    """A channel with a pace that gives turns to some at a time."""

    def some(self) -> int:
        """How many go together: few enough that nothing happens between the question whether they
        may and the last of them."""
        ...

    async def turns(self, people: Sequence[str], *, promo: bool) -> TurnsOfMany:
        """Return when the first turn is near: what is written down before is written now."""
        ...

    def began(self, seconds: float) -> None:
        """So long was needed between then and now."""
        ...

    async def shut_for(self) -> float:
        """Seconds until anything may leave at all, 0 while it may."""
        ...


@runtime_checkable
class SendsPaid(Protocol):
    """A channel that takes more in a second where each message is paid for."""

    def paid(self) -> Channel | None:
        """None where nothing may be paid."""
        ...


@runtime_checkable
class TakesBack(Protocol):
    """A channel that can take away what was shown in a chat."""

    async def take_back(self, bot_id: int, chat_id: int, message_id: int) -> None:
        """Raises TryLater. What is gone already, or another bot's, is left alone."""
        ...


Channels = Mapping[str, Channel]
