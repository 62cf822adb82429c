"""Which errors pass by themselves, and what may be written down of the others."""

import traceback

import asyncpg
from aiogram.exceptions import (
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import TimeoutError as RedisSlow
from tortoise.exceptions import DBConnectionError, OperationalError, TransactionManagementError

_PASSING = (
    TelegramRetryAfter,
    TelegramServerError,
    TelegramNetworkError,
    RedisAway,
    RedisSlow,
    DBConnectionError,
    ConnectionError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.TooManyConnectionsError,
)
_LOCKED = ("database is locked", "database is busy", "deadlock detected")


def passes(error: BaseException) -> bool:
    """Telegram, the database or Redis is away: nothing is wrong with the update."""
    if isinstance(error, TelegramEntityTooLarge):
        return False
    if isinstance(error, OperationalError | TransactionManagementError):
        return any(text in str(error) for text in _LOCKED) or _caused(error)
    return isinstance(error, _PASSING)


def _caused(error: BaseException) -> bool:
    cause = error.__cause__ or error.__context__
    return cause is not None and isinstance(cause, _PASSING)


def pause_asked(error: BaseException) -> float:
    """Seconds that Telegram asked us to wait, 0 when it did not."""
    return float(error.retry_after) if isinstance(error, TelegramRetryAfter) else 0.0


def label(error: BaseException) -> str:
    """The kind of error and the line it came from: never its text, which may quote the person."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
