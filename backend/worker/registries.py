"""Registries are exchanged with partners in turns, from one process at a time.

Whatever a connection cannot do stops no other, and it rests before it is tried again. The room and
all that it needs take some megabytes: they are read when there is such a connection.
"""

import asyncio
import importlib
from dataclasses import dataclass, field
from typing import Any

from backend.jobs.registries.due import due_connections
from backend.partners.opened import Connections
from backend.partners.registry import ConnectedProcessors
from backend.platform.context import Context
from backend.platform.failures import NeedsSettings, TryLater
from backend.platform.repeat import repeat
from backend.platform.watch.log import get_log
from models.connection import Connection

# A file is taken when it has not changed for so long.
EVERY_SECONDS = 60.0
RESTS_SECONDS = 600.0
# Somebody must mend it first; until then the partner's server is not bothered.
SETTINGS_SECONDS = 3600.0
# Forty megabytes on a busy machine.
UNPACK_SECONDS = 60.0
log = get_log(__name__)


@dataclass(slots=True)
class _Rest:
    """Of a connection at a version of its settings, until a time of the loop."""

    version: int
    until: float


@dataclass(slots=True)
class Turns:
    """The connections of one process that holds the lock."""

    ctx: Context
    connections: Connections
    rests: dict[int, _Rest] = field(default_factory=dict)
    _hands: dict[int, Any] = field(default_factory=dict)
    _running: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _reader: Any = None
    _begun: bool = False

    async def step(self) -> None:
        """Begins what is due and runs no more: a slow server holds up nobody else's."""
        self._running = {key: task for key, task in self._running.items() if not task.done()}
        for connection in await due_connections():
            if not self._begun:
                await self._begin()
            if connection.id not in self._running and not self._is_resting(connection):
                task = asyncio.create_task(self._one(await _room("exchange"), connection))
                self._running[connection.id] = task

    async def idle(self) -> None:
        """When all that was begun has ended."""
        if self._running:
            await asyncio.wait(self._running.values())

    async def _begin(self) -> None:
        self._begun = True
        await (await _room("take_files")).drop_broken_off(self.ctx)
        reader = await asyncio.to_thread(importlib.import_module, "backend.reading.reader")
        self._reader = reader.Reader(seconds=UNPACK_SECONDS)

    async def _one(self, room: Any, connection: Connection) -> None:
        if connection.id not in self._hands:
            self._hands[connection.id] = (await _room("work")).Hands(self._reader)
        pause = RESTS_SECONDS
        try:
            await room.exchange(self.ctx, self.connections, connection, self._hands[connection.id])
        except NeedsSettings as missing:
            log.error("registries need settings", connection=connection.key, reason=missing.reason)
            await (await _room("outcome")).exchange_stopped(self.ctx, connection, missing.reason)
            pause = SETTINGS_SECONDS
        except TryLater as away:
            log.warning("registries wait", connection=connection.key, reason=away.reason)
        except Exception:
            log.exception("registries rest for a while", connection=connection.key)
        else:
            await (await _room("outcome")).exchange_goes_well(connection)
            return
        until = asyncio.get_running_loop().time() + pause
        self.rests[connection.id] = _Rest(connection.version, until)

    def _is_resting(self, connection: Connection) -> bool:
        """Changed settings are tried at once."""
        rest = self.rests.get(connection.id)
        now = asyncio.get_running_loop().time()
        return rest is not None and rest.version == connection.version and rest.until > now

    async def end(self) -> None:
        for task in self._running.values():
            task.cancel()
        await self.idle()
        if self._reader is not None:
            await self._reader.close()


async def _room(name: str) -> Any:
    return await asyncio.to_thread(importlib.import_module, f"backend.jobs.registries.{name}")


async def keep_registries(ctx: Context) -> None:
    """Runs until cancelled, in the process whose turn it is, where connections are opened."""
    if not isinstance(ctx.processors, ConnectedProcessors):
        return
    turns = Turns(ctx, ctx.processors.connections)

    async def step() -> None:
        await turns.step()
        await asyncio.sleep(EVERY_SECONDS)

    try:
        await repeat("registries", step)
    finally:
        await turns.end()
