"""A loyalty processor of the tests, as strict as a real one, which may hang or fail."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field

from tortoise.backends.base.client import TransactionalDBClient
from tortoise.connection import get_connection

from backend.partners.processor import KnownNumber, NumberState
from backend.partners.registry import Behind
from backend.partners.unable import Unable
from backend.platform.context import Context
from backend.platform.failures import Failure
from models.program import ProcessorKind, Program


class Refused(AssertionError):
    """What a real one would never be asked."""


@dataclass
class StrictPartner(Unable):
    """`numbers` are known and bound to nobody. `trouble` is raised once for each in it; `silent`
    is for ever."""

    numbers: set[str] = field(default_factory=set)
    trouble: list[Failure] = field(default_factory=list)
    silent: bool = False
    patience: float = 0.1
    asked: int = 0

    async def of(self, program: Program) -> Behind:
        """What a process keeps in place of the connections that it has opened."""
        return Behind(self)

    async def knows_plastic(self, program: Program) -> bool:
        await self._reach(program)
        return True

    async def find_card(
        self, ctx: Context, program: Program, numbers: Collection[str]
    ) -> KnownNumber:
        if not numbers or any(not number or number != number.strip() for number in numbers):
            raise Refused(f"numbers {numbers!r}")
        await self._reach(program)
        known = self.numbers & set(numbers)
        return KnownNumber(NumberState.FREE if known else NumberState.UNKNOWN, {}, listed=True)

    async def _reach(self, program: Program) -> None:
        self.asked += 1
        if isinstance(get_connection("default"), TransactionalDBClient):
            raise Refused("asked inside a transaction")
        if program.processor != ProcessorKind.PARTNER:
            raise Refused(f"not my program: {program.key}")
        if self.trouble:
            raise self.trouble.pop(0)
        if self.silent:
            await asyncio.Event().wait()
