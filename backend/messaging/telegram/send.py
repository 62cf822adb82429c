"""Send a message to a customer's private chat with the bot."""

import html
from datetime import timedelta
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from backend.messaging.channel import Handed, OutcomeUnknown, Unreachable
from backend.messaging.telegram.pace import Pacer, sending
from backend.messaging.telegram.session import never_left, retry_after
from backend.messaging.telegram.take_back import take_back
from backend.platform.failures import Failure, GiveUp, NeedsSettings, TryLater
from backend.platform.words import Words
from models.customer import Customer
from models.message import Message, MessagePurpose


class TelegramChannel:
    def __init__(self, bot: Bot, pacer: Pacer, words: Words) -> None:
        self._bot = bot
        self._pacer = pacer
        self._words = words

    async def turn(self, customer: Customer, message: Message) -> None:
        await self._pacer.turn(customer.telegram_id, mass=_mass(message))

    async def send(self, customer: Customer, message: Message) -> Handed:
        """The provider's id is the message id. See backend.messaging.channel for what is raised."""
        if customer.telegram_id is None:
            raise Unreachable("no Telegram chat", gone=False)
        text = message.body or self._text(customer.language, message)
        keyboard = self._keyboard(customer.language, message)
        try:
            with sending(mass=_mass(message), turn_taken=True):
                sent = await self._bot.send_message(
                    customer.telegram_id, text, reply_markup=keyboard
                )
        except TelegramAPIError as wrong:
            raise _translated(wrong) from wrong
        return Handed(str(sent.message_id))

    async def take_back(self, bot_id: int, chat_id: int, message_id: int) -> None:
        """See backend.messaging.channel.TakesBack."""
        if bot_id != self._bot.id:
            return
        try:
            await take_back(self._bot, chat_id, message_id)
        except TelegramAPIError as wrong:
            raise TryLater(wrong.message) from wrong

    def _text(self, language: str, message: Message) -> str:
        values = {
            name: html.escape(value, quote=False) if isinstance(value, str) else value
            for name, value in message.data.items()
            if isinstance(value, str | int | float)
        }
        return self._words.text(language, message.kind, **values)

    def _keyboard(self, language: str, message: Message) -> InlineKeyboardMarkup | None:
        button: dict[str, Any] | None = message.data.get("button")
        if button is None:
            return None
        label = self._words.text(language, f"{message.kind}.button")
        row = [InlineKeyboardButton(text=label, callback_data=button["tap"])]
        return InlineKeyboardMarkup(inline_keyboard=[row])


def _mass(message: Message) -> bool:
    return message.purpose is MessagePurpose.PROMO


def _translated(wrong: TelegramAPIError) -> Failure | Unreachable | OutcomeUnknown:
    """Bot API descriptions carry no personal data."""
    text = wrong.message
    if isinstance(wrong, TelegramForbiddenError):
        return Unreachable(text, gone=True)
    if isinstance(wrong, TelegramBadRequest):
        if "chat not found" in text:
            return Unreachable(text, gone=True)
        return GiveUp(text)
    if isinstance(wrong, TelegramUnauthorizedError | TelegramNotFound):
        return NeedsSettings("Telegram does not know this bot token")
    if isinstance(wrong, TelegramNetworkError):
        return TryLater("no connection to Telegram") if never_left(wrong) else OutcomeUnknown(text)
    return _busy(wrong)


def _busy(wrong: TelegramAPIError) -> Failure:
    asked = retry_after(wrong)
    if asked is not None:
        return TryLater("too many requests", timedelta(seconds=asked))
    if isinstance(wrong, TelegramServerError):
        return TryLater(wrong.message)
    return GiveUp(wrong.message)
