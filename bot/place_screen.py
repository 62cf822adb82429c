"""One screen in a chat: edited in place while it is the last message, else sent below."""

import html
from collections.abc import Mapping
from dataclasses import dataclass, replace

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Message, ReplyKeyboardRemove

from backend.platform.watch.log import get_log
from bot.answer_tap import TapAnswer
from bot.keyboards import keys_keyboard, reply_keyboard
from bot.screens.screen import Alert, Keys, Reply, Screen
from bot.send_screen import Wire, says
from models.bot_chat import BotChat

log = get_log(__name__)

AnyReply = Reply | Screen | Alert

_UNCHANGED = ("message is not modified",)
_OUT_OF_REACH = (
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
    "message can't be deleted",
    "message_id_invalid",
    "message identifier is not specified",
    "there is no text in the message",
    "there is no caption in the message",
    "there is no media in the message",
)


def as_reply(reply: AnyReply) -> Reply:
    """A handler may give back a screen or an alert alone."""
    if isinstance(reply, Screen):
        return Reply(screen=reply)
    return Reply(alert=reply) if isinstance(reply, Alert) else reply


@dataclass(frozen=True, slots=True)
class ScreenPlacer:
    """`keys`: the main keys by their language."""

    wire: Wire
    keys: Mapping[str, Keys]

    async def __call__(self, chat: BotChat, reply: AnyReply, tap: TapAnswer | None = None) -> None:
        """Answer the tap, show the screen, keep in `chat` what stands there now (unsaved)."""
        answer = as_reply(reply)
        if tap is not None:
            shown = await tap.answer(answer.alert)
        if answer.alert is not None and (tap is None or not shown):
            await self.wire.send(chat.chat_id, Screen(html.escape(answer.alert.text)))
        for file in answer.files:
            await self.wire.send_file(chat.chat_id, file)
        if answer.screen is not None:
            below = replace(answer.screen, fresh=True) if answer.files else answer.screen
            await self._screen(chat, below, tap.message_id if tap is not None else None)
        for screen in answer.more:
            await self.wire.send(chat.chat_id, screen)

    async def _screen(self, chat: BotChat, screen: Screen, tapped: int | None) -> None:
        old = chat.screen_message_id
        here = old is not None and old == tapped and not screen.fresh and not chat.keyboard_shown
        stays = here and not _needs_sending(chat, screen) and not _brings_keys(chat, screen)
        if stays and await self._edited(chat, screen):
            return
        await self._below(chat, screen)
        if old is not None and (not here or not await self._deleted(chat.chat_id, old)):
            await self._stripped(chat.chat_id, old)

    async def _edited(self, chat: BotChat, screen: Screen) -> bool:
        assert chat.screen_message_id is not None
        try:
            message = await self.wire.edit(chat.chat_id, chat.screen_message_id, screen)
        except TelegramBadRequest as refused:
            if says(refused, _UNCHANGED):
                return True
            if says(refused, _OUT_OF_REACH):
                return False
            raise
        if message is None:
            return False
        chat.screen_has_photo = bool(message.photo)
        return True

    async def _below(self, chat: BotChat, screen: Screen) -> None:
        """Send the screen; a reply keyboard comes or goes with it."""
        if screen.keyboard is not None:
            await self._asking(chat, screen)
            return
        if _brings_keys(chat, screen):
            await self._bring_keys(chat, screen.keys)
        elif chat.keyboard_shown and chat.keys:
            await self._bring_keys(chat, chat.keys)
        elif chat.keyboard_shown:
            if not screen.rows:
                _stands(chat, await self.wire.send(chat.chat_id, screen, ReplyKeyboardRemove()))
                chat.keyboard_shown = False
                return
            await self._take_keyboard_away(chat)
        _stands(chat, await self.wire.send(chat.chat_id, screen))

    async def _bring_keys(self, chat: BotChat, language: str) -> None:
        """Telegram takes them away with the message that brought them, so that one stays."""
        keys = self.keys[language]
        await self.wire.send(chat.chat_id, Screen(keys.line), keys_keyboard(keys))
        chat.keys, chat.keyboard_shown = language, False

    async def _asking(self, chat: BotChat, screen: Screen) -> None:
        """A message carries one kind of keyboard: with buttons of its own, the screen is
        followed by a line that carries the reply keyboard."""
        assert screen.keyboard is not None
        keyboard = reply_keyboard(screen.keyboard)
        chat.keyboard_shown = True
        if screen.rows:
            _stands(chat, await self.wire.send(chat.chat_id, screen))
            line = Screen(f"👇 {html.escape(screen.keyboard.label)}")
            await self.wire.send(chat.chat_id, line, keyboard)
            return
        await self.wire.send(chat.chat_id, screen, keyboard)
        # Telegram edits no message that carries a reply keyboard: the next one goes below.
        chat.screen_message_id = None
        chat.screen_has_photo = False

    async def _take_keyboard_away(self, chat: BotChat) -> None:
        """Only a message can do it, and it must not have buttons: it goes at once."""
        message = await self.wire.send(chat.chat_id, Screen("✓"), ReplyKeyboardRemove())
        await self._deleted(chat.chat_id, message.message_id)
        chat.keyboard_shown = False

    async def _deleted(self, chat_id: int, message_id: int) -> bool:
        try:
            return await self.wire.bot.delete_message(chat_id, message_id)
        except TelegramBadRequest as refused:
            if not says(refused, _OUT_OF_REACH):
                raise
            return False

    async def _stripped(self, chat_id: int, message_id: int) -> None:
        """Only the newest screen has buttons."""
        try:
            await self.wire.bot.edit_message_reply_markup(chat_id=chat_id, message_id=message_id)
        except TelegramBadRequest as refused:
            if not says(refused, _UNCHANGED + _OUT_OF_REACH):
                raise


def _needs_sending(chat: BotChat, screen: Screen) -> bool:
    """What an edit cannot do: take a picture away, protect, ask by a reply keyboard."""
    loses_picture = chat.screen_has_photo and screen.picture is None
    return loses_picture or screen.protect or screen.keyboard is not None


def _brings_keys(chat: BotChat, screen: Screen) -> bool:
    return screen.keys not in ("", chat.keys)


def _stands(chat: BotChat, message: Message) -> None:
    chat.screen_message_id = message.message_id
    chat.screen_has_photo = bool(message.photo)
