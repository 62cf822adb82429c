"""Which processor answers for a program: one that is built in, or what its connection leads to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, cast

from backend.partners.breaker import Breaker
from backend.partners.opened import Connections
from backend.partners.pool.processor import PoolProcessor
from backend.partners.processor import Processor
from backend.platform.clock import Clock
from backend.platform.context import Context
from backend.platform.failures import NeedsSettings, TryLater
from models.connection import Connection, ConnectionStatus
from models.program import FROM_POOL, Program

BUILT_IN: Mapping[str, Processor] = {kind: PoolProcessor() for kind in FROM_POOL}


@dataclass(frozen=True, slots=True)
class Behind:
    """Who answers; `breaker` None: nothing can be away."""

    processor: Processor
    breaker: Breaker | None = None


class Processors(Protocol):
    """What a process keeps in `Context.processors`; tests put a strict one in its place."""

    async def of(self, program: Program) -> Behind:
        """Of a connected program. Raises NeedsSettings and TryLater."""
        ...


@dataclass(frozen=True, slots=True)
class ConnectedProcessors:
    connections: Connections
    clock: Clock

    async def of(self, program: Program) -> Behind:
        # of all: the connection of the program
        connection = await Connection.get_or_none(id=program.connection_id)
        if connection is None:
            raise NeedsSettings(f"the program {program.key} has no connection")
        now = self.clock()
        if connection.status is not ConnectionStatus.ACTIVE:
            raise TryLater(f"the connection is {connection.status.value}")
        if connection.rests_until is not None and connection.rests_until > now:
            raise TryLater("the other side is away", connection.rests_until - now)
        opened = await self.connections.open(connection)
        if opened.processor is None:
            raise NeedsSettings(f"{connection.vendor} owns no numbers")
        return Behind(opened.processor, opened.breaker)


def is_connected(program: Program) -> bool:
    """Whether a system of the account's own is told of the program's cards."""
    return program.connection_id is not None or program.processor not in FROM_POOL


async def behind(ctx: Context, program: Program) -> Behind:
    """Raises NeedsSettings and TryLater."""
    if not is_connected(program):
        return Behind(BUILT_IN[program.processor])
    if ctx.processors is None:
        raise NeedsSettings("this process has opened no connections")
    return await cast("Processors", ctx.processors).of(program)
