"""Every outgoing Bot API call: its turn, and what happens when it is refused or lost.

A 429 shuts the gate for all and the call queues up again, but for deliveries: their next attempt
does. What a repeated call cannot spoil
(edits, answers to taps, questions) is repeated after a lost connection; a send is not: it
may have arrived. 5xx is repeated a few times with growing pauses.
"""

import asyncio
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import GetUpdates, Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import ClientConnectorError

from backend.messaging.telegram.batch import BATCH
from backend.messaging.telegram.pace import Call, Lane, Pacer
from backend.platform.watch.metrics import TELEGRAM_CALLS

# These show a message in a chat and take a turn; all others only respect a shut gate.
_EDITING = "editMessage"
_SHOWING = ("send", "copy", "forward", _EDITING)
_NOT_SHOWING = {"sendChatAction"}
_NOT_REPEATABLE = ("send", "copy", "forward", "create", "upload", "gift", "transfer")
_PAUSES = (0.3, 1.0, 2.5)
# Longer than this an answer is worth nothing, and the queue does better with a delivery.
_MOST_WAIT_SECONDS = 60.0
_MOST_REFUSALS = 20


class PacedCalls(BaseRequestMiddleware):
    def __init__(self, pacer: Pacer) -> None:
        self._pacer = pacer

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Raises TelegramRetryAfter when Telegram asks for more than a minute."""
        if method.__api_method__ == GetUpdates.__api_method__:
            # Long polling has its own loop (bot/intake/poll.py) and shows nothing.
            return await make_request(bot, method)
        call = call_of(method)
        patience = _Patience(self._pacer, call, once=_at_once())
        while True:
            await self._turn(call)
            try:
                answer = await make_request(bot, method)
            except TelegramAPIError as wrong:
                TELEGRAM_CALLS.labels(_outcome(wrong)).inc()
                if not await patience.lasts(method, wrong):
                    raise
            else:
                TELEGRAM_CALLS.labels("ok").inc()
                return answer

    async def _turn(self, call: Call | None) -> None:
        batch = BATCH.get()
        if call is None:
            await self._pacer.opened()
        elif batch is not None and batch.turn_taken:
            batch.turn_taken = False
        else:
            await self._pacer.turn(call)


def call_of(method: TelegramMethod[Any]) -> Call | None:
    """What a method shows, and by which lane: outside of `sending` it answers somebody. None:
    it shows no message."""
    name = method.__api_method__
    if name in _NOT_SHOWING or not name.startswith(_SHOWING):
        return None
    batch = BATCH.get()
    chat = getattr(method, "chat_id", None)
    return Call(
        chat if isinstance(chat, int) else None,
        batch.lane if batch is not None else Lane.ANSWER,
        cost=len(getattr(method, "media", None) or ()) if name == "sendMediaGroup" else 1,
        new=not name.startswith(_EDITING),
    )


class _Patience:
    """How often one call is made again, and when. `once`: not at all."""

    def __init__(self, pacer: Pacer, call: Call | None, *, once: bool) -> None:
        self._pacer = pacer
        self._call = call
        self._once = once
        self._refusals = 0
        self._pauses = iter(_PAUSES)

    async def lasts(self, method: TelegramMethod[Any], wrong: TelegramAPIError) -> bool:
        """Whether the call may be made once more now: the pause that it needs is over, or the
        gate is shut, which its next turn waits for."""
        asked = retry_after(wrong)
        if asked is not None:
            self._refusals += 1
            await self._pacer.shut(asked, self._call)
            too_long = asked > _MOST_WAIT_SECONDS or self._refusals > _MOST_REFUSALS
            return not (self._once or too_long)
        again = _repeatable(method, wrong) and not self._once
        pause = next(self._pauses, None) if again else None
        if pause is None:
            return False
        await asyncio.sleep(pause)
        return True


def _at_once() -> bool:
    """A delivery that has had its turn leaves now or not at all: waiting out a 429 here could
    end as an unknown outcome although nothing was sent (backend/messaging/deliver.py), and for
    promo the person may say no meanwhile. Its next attempt asks anew."""
    batch = BATCH.get()
    return batch is not None and batch.turn_taken


def retry_after(wrong: TelegramAPIError) -> float | None:
    """Seconds that Telegram asks to wait, for a 429. aiogram raises TelegramRetryAfter only
    when the answer carries a number above zero."""
    if isinstance(wrong, TelegramRetryAfter):
        return float(wrong.retry_after)
    return 1.0 if "Too Many Requests" in wrong.message else None


def never_left(wrong: TelegramAPIError) -> bool:
    """No connection was made: nothing was sent, whatever the method."""
    return isinstance(wrong.__cause__, ClientConnectorError)


def _repeatable(method: TelegramMethod[Any], wrong: TelegramAPIError) -> bool:
    if isinstance(wrong, TelegramServerError):
        return True
    if not isinstance(wrong, TelegramNetworkError):
        return False
    name = method.__api_method__
    return never_left(wrong) or not name.startswith(_NOT_REPEATABLE) or name in _NOT_SHOWING


def _outcome(wrong: TelegramAPIError) -> str:
    if retry_after(wrong) is not None:
        return "too_many"
    if isinstance(wrong, TelegramServerError):
        return "server"
    return "network" if isinstance(wrong, TelegramNetworkError) else "refused"
