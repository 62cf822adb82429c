"""Begins and ends of many attempts in one statement (backend/platform/together.py)."""

from collections.abc import Sequence
from typing import Protocol

from backend.outbox import attempt as outbox
from backend.outbox.attempt import Attempt
from backend.outbox.claim import Claimed
from backend.platform.clock import Clock
from backend.platform.together import Together


class Steps(Protocol):
    """How an attempt begins and ends well."""

    async def begin(self, claimed: Sequence[Claimed]) -> list[Attempt]:
        """Without those that are done already, or that another attempt has begun."""

    async def done(self, attempts: Sequence[Attempt]) -> set[int]:
        """Ids of the deliveries that are over; any other has to run once more."""


class Direct:
    """Each step with a statement of its own."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def begin(self, claimed: Sequence[Claimed]) -> list[Attempt]:
        return await outbox.begin(self._clock(), claimed)

    async def done(self, attempts: Sequence[Attempt]) -> set[int]:
        return await outbox.done(self._clock(), attempts)


class Shared:
    """The steps of all attempts of this process, many in one statement. Of those who ask for the
    same delivery at once the first has it."""

    def __init__(self, clock: Clock) -> None:
        async def begin(claimed: Sequence[Claimed]) -> list[Attempt | None]:
            begun = {each.delivery_id: each for each in await outbox.begin(clock(), claimed)}
            return [begun.pop(each.id, None) for each in claimed]

        async def done(attempts: Sequence[Attempt]) -> list[int | None]:
            over = await outbox.done(clock(), attempts)
            return [each.delivery_id if each.delivery_id in over else None for each in attempts]

        self._begins = Together(begin)
        self._ends = Together(done)

    async def begin(self, claimed: Sequence[Claimed]) -> list[Attempt]:
        begun = await self._begins.ask(claimed)
        return sorted((each for each in begun if each is not None), key=outbox.in_order)

    async def done(self, attempts: Sequence[Attempt]) -> set[int]:
        return {each for each in await self._ends.ask(attempts) if each is not None}

    async def end(self) -> None:
        """Wait for the statements under way."""
        await self._begins.end()
        await self._ends.end()
