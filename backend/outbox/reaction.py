"""What the outbox has to know of a reaction before it runs."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.failures import Failure

# Delivery id → why that one failed. Those that are not named are done.
Failed = Mapping[int, Failure]
Run = Callable[[Context, Happened[Any]], Awaitable[None]]
RunMany = Callable[[Context, Sequence[Happened[Any]]], Awaitable[Failed]]
# Keys have at most 64 characters: "account:4".
Key = Callable[[Any], str]
LONGEST_KEY = 64


def always(_event: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules(ABC):
    """All are asked when the event is fanned out, after the commit that announced it.

    applies: of the event alone, no I/O; false makes no row.
    among: of events that apply those that concern somebody, in one question for all of them.
    coalesce: events of one key that wait are one row and one run. An event that arrives while
        that run is going causes another.
    order: deliveries of one key run one after the other as they were announced. One that is
        tried again holds back those behind it; one that is given up lets them pass. The order
        is that of event ids: whoever announces holds the row of the card or person.
    """

    applies: Callable[[Any], bool] = always
    among: Callable[[Sequence[Any]], Awaitable[Collection[Any]]] | None = None
    coalesce: Key | None = None
    order: Key | None = None

    @property
    @abstractmethod
    def most(self) -> int:
        """How many deliveries one call may take."""

    @abstractmethod
    async def react(self, ctx: Context, happened: Sequence[Happened[Any]]) -> Failed:
        """Raises what concerns all that were given."""


@dataclass(frozen=True, slots=True)
class Reaction(Rules):
    """One delivery at a time."""

    run: Run

    @property
    def most(self) -> int:
        return 1

    async def react(self, ctx: Context, happened: Sequence[Happened[Any]]) -> Failed:
        for each in happened:
            await self.run(ctx, each)
        return {}


@dataclass(frozen=True, slots=True)
class BatchReaction(Rules):
    """Up to `upto` deliveries at a time, each with its own state and attempts: `run` says which
    failed, and only those come again."""

    run: RunMany
    upto: int

    @property
    def most(self) -> int:
        return self.upto

    async def react(self, ctx: Context, happened: Sequence[Happened[Any]]) -> Failed:
        return await self.run(ctx, happened)


# Event kind → reaction name → its rules.
Plan = Mapping[str, Mapping[str, Rules]]
