"""Long polling: an update is acknowledged by the next call, after it was stored."""

import asyncio
from collections.abc import Sequence
from typing import Any, ClassVar

from aiogram import Bot
from aiogram.exceptions import (
    TelegramConflictError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetUpdates

from backend.platform.watch.log import get_log
from bot.intake.store import Inbox
from bot.intake.trouble import label, pause_asked
from bot.intake.update import Malformed, Raw, checked

log = get_log(__name__)

_CONFLICT = (
    "another program receives the updates of this bot: stop it, or give it another token; "
    "nothing is lost meanwhile"
)


class GetRawUpdates(GetUpdates):
    """Updates as they came: one that aiogram cannot read must not hold up all after it."""

    __returning__: ClassVar[Any] = list[dict[str, Any]]


class Poller:
    def __init__(
        self,
        bot: Bot,
        inbox: Inbox,
        kinds: Sequence[str],
        *,
        wait: int = 25,
        first_pause: float = 1.0,
        longest_pause: float = 30.0,
    ) -> None:
        """`kinds` are Telegram's allowed_updates; `wait` is its long poll in seconds."""
        self._bot = bot
        self._inbox = inbox
        self._ask = GetRawUpdates(timeout=wait, allowed_updates=list(kinds), limit=100)
        self._wait = wait
        self._first_pause = first_pause
        self._longest_pause = longest_pause
        self._failures = 0

    async def run(self) -> None:
        """Until cancelled. Raises TelegramUnauthorizedError when the token was revoked."""
        while True:
            try:
                await self._once()
            except (TelegramUnauthorizedError, TelegramNotFound):
                raise
            except Exception as error:  # noqa: BLE001  polling never ends by itself
                await self._pause(error)
            else:
                self._recovered()

    async def _once(self) -> None:
        updates: list[Any] = await self._bot(self._ask, request_timeout=self._wait + 15)
        good = [update for update in updates if self._good(update)]
        if good:
            await self._inbox.store(good)
            self._ask.offset = max(update["update_id"] for update in good) + 1

    @staticmethod
    def _good(update: Raw) -> bool:
        try:
            checked(update)
        except Malformed as wrong:
            log.error("Telegram sent what is no update", error=str(wrong))
            return False
        return True

    async def _pause(self, error: Exception) -> None:
        self._failures += 1
        pause = min(self._first_pause * 2 ** (self._failures - 1), self._longest_pause)
        if isinstance(error, TelegramConflictError):
            log.error(_CONFLICT, pause=pause)
        else:
            log.warning("updates cannot be fetched", error=label(error), pause=pause)
        await asyncio.sleep(max(pause, pause_asked(error)))

    def _recovered(self) -> None:
        if self._failures:
            log.info("updates come in again", failures=self._failures)
            self._failures = 0
