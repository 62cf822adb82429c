"""A tap is answered once and soon, or the button spins on the person's screen."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery

from bot.screens.screen import Alert

LONGEST_ALERT = 200
_TOO_LATE = ("query is too old", "query id is invalid", "query_id_invalid")


def too_late(refused: TelegramBadRequest) -> bool:
    """Telegram waits only so long for the answer to a tap or an inline query."""
    return any(text in refused.message.lower() for text in _TOO_LATE)


class TapAnswer:
    def __init__(self, bot: Bot, query: CallbackQuery) -> None:
        self._bot = bot
        self._query_id = query.id
        self._given = False
        self.message_id = query.message.message_id if query.message is not None else None

    async def answer(self, alert: Alert | None = None) -> bool:
        """Whether the alert was shown: not when the tap was answered before, or is too old."""
        if self._given:
            return False
        self._given = True
        try:
            await self._bot.answer_callback_query(
                self._query_id,
                text=alert.text[:LONGEST_ALERT] if alert is not None else None,
                show_alert=alert.modal if alert is not None else None,
            )
        except TelegramBadRequest as refused:
            if too_late(refused):
                return False
            raise
        return True

    @asynccontextmanager
    async def within(self, seconds: float) -> AsyncIterator[None]:
        """While the body takes longer than this, the button stops spinning without words."""

        begun: list[asyncio.Task[bool]] = []
        loop = asyncio.get_running_loop()
        # A timer, not a task: nearly every tap is quicker.
        timer = loop.call_later(seconds, lambda: begun.append(loop.create_task(self.answer())))
        try:
            yield
        finally:
            timer.cancel()
            if not self._given:
                for waiting in begun:
                    waiting.cancel()
            if begun:
                # Its failure shows itself again when the screen is sent.
                await asyncio.gather(*begun, return_exceptions=True)
