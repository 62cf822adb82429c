"""Send a message to a customer's private chat with the bot."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

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
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message

from backend.messaging.channel import Handed, OutcomeUnknown, Turn, TurnsOfMany, Unpaid, Unreachable
from backend.messaging.handover import Handover
from backend.messaging.said import Button
from backend.messaging.telegram.batch import sending
from backend.messaging.telegram.pace import Call, Lane, Pacer
from backend.messaging.telegram.session import never_left, retry_after
from backend.messaging.telegram.spelling import callback_data
from backend.messaging.telegram.take_back import take_back
from backend.messaging.telegram.turns import DeliveryTurns
from backend.platform.failures import Failure, GiveUp, NeedsSettings, TryLater
from models.message_purpose import MessagePurpose

_PAYMENT_WORDS = ("stars", "balance", "paid", "payment")
_PICTURE_WORDS = ("url", "photo", "image", "web page", "file identifier", "webpage")


class TelegramChannel:
    """`paid`: each message is paid for in Stars and leaves by a pace of its own."""

    def __init__(self, bot: Bot, pacer: Pacer, *, paid: bool = False) -> None:
        self._bot = bot
        self._paid = paid
        self._turns = DeliveryTurns(pacer, paid=paid)
        self._paid_way = (
            TelegramChannel(bot, pacer, paid=True)
            if pacer.paid_per_second > 0 and not paid
            else None
        )

    def paid(self) -> "TelegramChannel | None":
        """See backend.messaging.channel.SendsPaid."""
        return self._paid_way

    async def turn(self, handover: Handover) -> Turn:
        return await self._turns.near(Call(_chat(handover), self._lane(handover)))

    def at_once(self) -> int:
        return self._turns.at_once()

    def some(self) -> int:
        return self._turns.some()

    async def turns(self, people: Sequence[str], *, promo: bool) -> TurnsOfMany:
        lane = Lane.MASS if promo else Lane.NOTICE
        lane = Lane.PAID if self._paid else lane
        return await self._turns.near_many([int(each) for each in people], lane)

    def began(self, seconds: float) -> None:
        self._turns.began(seconds)

    async def shut_for(self) -> float:
        return await self._turns.shut_for()

    async def send(self, handover: Handover) -> Handed:
        """The provider's id is the message id. See backend.messaging.channel for what is raised."""
        chat = _chat(handover)
        if chat is None:
            raise Unreachable("no Telegram chat", gone=False)
        text = handover.said.html()
        began = _now()
        try:
            with sending(self._lane(handover), turn_taken=True):
                sent = await self._shown(chat, text, handover)
        except TelegramAPIError as wrong:
            if self._paid and _of_the_payment(wrong):
                raise Unpaid(wrong.message) from wrong
            raise _translated(wrong) from wrong
        self._turns.answered(_now() - began)
        return Handed(str(sent.message_id))

    async def _shown(self, chat: int, text: str, handover: Handover) -> Message:
        """With its picture, which Telegram fetches; a picture that Telegram cannot fetch, or does
        not take, is left out."""
        buttons, paid = _keyboard(handover), self._paid or None
        picture = handover.said.picture()
        if picture:
            try:
                return await self._bot.send_photo(
                    chat, picture, caption=text, reply_markup=buttons, allow_paid_broadcast=paid
                )
            except TelegramBadRequest as wrong:
                if not _of_the_picture(wrong):
                    raise
        return await self._bot.send_message(
            chat, text, reply_markup=buttons, allow_paid_broadcast=paid
        )

    def _lane(self, handover: Handover) -> Lane:
        if self._paid:
            return Lane.PAID
        promo = handover.message.purpose is MessagePurpose.PROMO
        return Lane.MASS if promo else Lane.NOTICE

    async def take_back(self, bot_id: int, chat_id: int, message_id: int) -> None:
        """See backend.messaging.channel.TakesBack."""
        if bot_id != self._bot.id:
            return
        try:
            await take_back(self._bot, chat_id, message_id)
        except TelegramAPIError as wrong:
            raise TryLater(wrong.message) from wrong


def _now() -> float:
    return asyncio.get_running_loop().time()


def _chat(handover: Handover) -> int | None:
    return None if handover.person is None else int(handover.person)


def _keyboard(handover: Handover) -> InlineKeyboardMarkup | None:
    rows = [[_key(button)] for button in handover.said.buttons() if button.action or button.url]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def _key(button: Button) -> InlineKeyboardButton:
    if button.action is None:
        return InlineKeyboardButton(text=button.label, url=button.url)
    return InlineKeyboardButton(text=button.label, callback_data=callback_data(button.action))


def _of_the_picture(wrong: TelegramBadRequest) -> bool:
    """As Telegram words it: `failed to get HTTP URL content`, `wrong type of the web page content`,
    `IMAGE_PROCESS_FAILED`, `PHOTO_INVALID_DIMENSIONS`."""
    text = wrong.message.casefold()
    return any(word in text for word in _PICTURE_WORDS)


def _of_the_payment(wrong: TelegramAPIError) -> bool:
    """Too few Stars, or a bot that may not pay. How it is worded is written down nowhere: whatever
    speaks of one of these."""
    text = wrong.message.casefold()
    return isinstance(wrong, TelegramBadRequest | TelegramForbiddenError) and any(
        word in text for word in _PAYMENT_WORDS
    )


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
