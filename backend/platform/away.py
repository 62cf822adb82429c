"""The database or Redis is away: what passes by itself, for whatever was being done."""

import socket
import sys
from functools import cache

from tortoise.exceptions import DBConnectionError, OperationalError, TransactionManagementError

_AWAY = (
    DBConnectionError,
    ConnectionError,
    # The name of a container that is being started again.
    socket.gaierror,
)
_LOCKED = ("database is locked", "database is busy", "deadlock detected")


def is_away(error: BaseException) -> bool:
    """Nothing is wrong with what was tried: later it will work."""
    if isinstance(error, OperationalError | TransactionManagementError):
        return any(text in str(error) for text in _LOCKED) or _caused(error)
    return _passes(error)


def _caused(error: BaseException) -> bool:
    cause = error.__cause__ or error.__context__
    return cause is not None and _passes(cause)


def _passes(error: BaseException) -> bool:
    if isinstance(error, _AWAY):
        return True
    # Who has never connected to PostgreSQL or to Redis has not imported its client, 4 and 6 MB, and
    # sees none of its errors.
    return any(
        client in sys.modules and isinstance(error, away()) for client, away in _CLIENTS.items()
    )


@cache
def _away_of_postgres() -> tuple[type[BaseException], ...]:
    import asyncpg  # noqa: PLC0415

    return (
        asyncpg.InterfaceError,
        # A connection that broke in the middle of an answer: «cannot switch to state …».
        asyncpg.InternalClientError,
        asyncpg.PostgresConnectionError,
        asyncpg.OperatorInterventionError,
        asyncpg.TooManyConnectionsError,
    )


@cache
def _away_of_redis() -> tuple[type[BaseException], ...]:
    from redis import exceptions  # noqa: PLC0415

    return (exceptions.ConnectionError, exceptions.TimeoutError, exceptions.BusyLoadingError)


_CLIENTS = {"asyncpg": _away_of_postgres, "redis": _away_of_redis}
