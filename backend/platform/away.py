"""The database or Redis is away: what passes by itself, for whatever was being done."""

import socket

import asyncpg
from redis.exceptions import BusyLoadingError
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import TimeoutError as RedisSlow
from tortoise.exceptions import DBConnectionError, OperationalError, TransactionManagementError

AWAY = (
    RedisAway,
    RedisSlow,
    BusyLoadingError,
    DBConnectionError,
    ConnectionError,
    # The name of a container that is being started again.
    socket.gaierror,
    asyncpg.InterfaceError,
    # A connection that broke in the middle of an answer: «cannot switch to state …».
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.TooManyConnectionsError,
)
_LOCKED = ("database is locked", "database is busy", "deadlock detected")


def is_away(error: BaseException) -> bool:
    """Nothing is wrong with what was tried: later it will work."""
    if isinstance(error, OperationalError | TransactionManagementError):
        return any(text in str(error) for text in _LOCKED) or _caused(error)
    return isinstance(error, AWAY)


def _caused(error: BaseException) -> bool:
    cause = error.__cause__ or error.__context__
    return cause is not None and isinstance(cause, AWAY)
