"""One process at a time: the others wait in standby.

PostgreSQL: an advisory lock on a connection of its own, past a pooler, which would lend it to
others. SQLite: flock on a file beside the
database. Both are let go by the kernel or the server when the holder is killed.
"""

import asyncio
import fcntl
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from backend.platform.away import is_away
from backend.platform.database import POSTGRES_ENGINE, tortoise_config
from backend.platform.secrets.private_file import private_folder
from backend.platform.settings import Settings
from backend.platform.watch.log import get_log

_POLL_SECONDS = 0.5
_AWAY_SECONDS = 1.0
_CONNECT_SECONDS = 15.0
_CREDENTIALS = ("user", "password", "host", "port", "database")
log = get_log(__name__)


class LostTurn(ConnectionError):
    """The connection that held the lock broke: another process may go on by now."""


@asynccontextmanager
async def alone(name: str, settings: Settings) -> AsyncIterator[None]:
    """Wait for the turn, then run the body while no other process runs its own.

    The body is cancelled and LostTurn raised when the lock is lost while it runs. A database that
    is away before is waited for.
    """
    target = tortoise_config(settings.direct_database)["connections"]["default"]
    if target["engine"] == POSTGRES_ENGINE:
        async with _alone_by_advisory_lock(name, target["credentials"]):
            yield
    else:
        path = Path(target["credentials"]["file_path"])
        async with _alone_by_file(name, path.with_name(f"{path.name}.{name}.lock")):
            yield


@asynccontextmanager
async def _alone_by_file(name: str, path: Path) -> AsyncIterator[None]:
    private_folder(path.parent)
    with path.open("w") as file:
        told = False
        while not _locked(file.fileno()):
            told = told or _tell_standby(name)
            await asyncio.sleep(_POLL_SECONDS)
        yield


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@asynccontextmanager
async def _alone_by_advisory_lock(name: str, credentials: dict[str, Any]) -> AsyncIterator[None]:
    holder = await _locked_connection(name, credentials)
    try:
        async with _cancelled_when_gone(name, holder):
            yield
    finally:
        # Not `close`: it would wait for a server that may be away.
        holder.terminate()


async def _locked_connection(name: str, credentials: dict[str, Any]) -> Any:
    """A connection that holds the lock. Waiting for the database is waiting for the turn: it
    lasts through restarts of the server."""
    told = False
    while True:
        holder = None
        try:
            holder = await _session(credentials)
            await _poll(holder, name)
        except BaseException as error:
            _let_go(holder)
            if not (is_away(error) or isinstance(error, OSError)):
                raise
            told = told or _tell_away(name, error)
            await asyncio.sleep(_AWAY_SECONDS)
        else:
            return holder


async def _poll(holder: Any, name: str) -> None:
    told = False
    while not await holder.fetchval("SELECT pg_try_advisory_lock($1)", lock_number(name)):
        told = told or _tell_standby(name)
        await asyncio.sleep(_POLL_SECONDS)


async def _session(credentials: dict[str, Any]) -> Any:
    import asyncpg  # noqa: PLC0415  see backend/platform/away.py

    holder = await asyncpg.connect(
        **{key: credentials[key] for key in _CREDENTIALS}, timeout=_CONNECT_SECONDS
    )
    # A holder whose machine vanished is noticed by the server within half a minute.
    await holder.execute(
        "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5;"
        " SET tcp_keepalives_count = 3"
    )
    return holder


def _let_go(holder: Any) -> None:
    if holder is not None:
        holder.terminate()


@asynccontextmanager
async def _cancelled_when_gone(name: str, holder: Any) -> AsyncIterator[None]:
    body = asyncio.current_task()
    lost = False

    def gone(_connection: object) -> None:
        nonlocal lost
        lost = True
        if body is not None:
            body.cancel()

    holder.add_termination_listener(gone)
    try:
        yield
    except asyncio.CancelledError:
        if not lost or body is None:
            raise
        body.uncancel()
        raise LostTurn(name) from None
    finally:
        holder.remove_termination_listener(gone)


def lock_number(name: str) -> int:
    """A signed 64-bit number that is the same in every process."""
    digest = hashlib.blake2b(name.encode(), digest_size=8, person=b"karman").digest()
    return int.from_bytes(digest, "big", signed=True)


def _tell_away(name: str, error: BaseException) -> bool:
    log.warning("the database is away: waiting for it", what=name, error=type(error).__name__)
    return True


def _tell_standby(name: str) -> bool:
    log.info("another process holds the lock: waiting in standby", what=name)
    return True
