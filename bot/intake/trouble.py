"""Which errors pass by themselves, and what may be written down of the others."""

import traceback

from aiogram.exceptions import (
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from backend.platform.away import is_away

_TELEGRAM_AWAY = (TelegramRetryAfter, TelegramServerError, TelegramNetworkError)


def passes(error: BaseException) -> bool:
    """Telegram, the database or Redis is away: nothing is wrong with the update."""
    if isinstance(error, TelegramEntityTooLarge):
        return False
    return isinstance(error, _TELEGRAM_AWAY) or is_away(error)


def pause_asked(error: BaseException) -> float:
    """Seconds that Telegram asked us to wait, 0 when it did not."""
    return float(error.retry_after) if isinstance(error, TelegramRetryAfter) else 0.0


def label(error: BaseException) -> str:
    """The kind of error and the line it came from: never its text, which may quote the person."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
