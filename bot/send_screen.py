"""Send or edit one screen in a chat: text, or a picture that is uploaded once."""

import html
import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from aiogram import Bot
from aiogram.enums import ChatAction, ParseMode
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaPhoto,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from backend.platform.watch.log import get_log
from bot.files import Files, PictureMissing
from bot.keyboards import inline_keyboard
from bot.screens.screen import File, Picture, Pieces, Screen

log = get_log(__name__)

LONGEST_CAPTION = 1024
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_STALE_FILE = ("wrong file identifier", "wrong remote file", "wrong file_id", "file reference")

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None


def visible_length(text: str) -> int:
    """What Telegram counts: UTF-16 units after the markup is taken away."""
    return len(html.unescape(re.sub(r"<[^<>]*>", "", text)).encode("utf-16-le")) // 2


def says(error: TelegramBadRequest, texts: tuple[str, ...]) -> bool:
    return any(text in error.message.lower() for text in texts)


@dataclass(frozen=True, slots=True)
class Wire:
    """Both methods return the message as Telegram made it; they raise what aiogram raises."""

    bot: Bot
    files: Files

    async def send(self, chat_id: int, screen: Screen, markup: Markup = None) -> Message:
        """`markup` stands in for the screen's own buttons."""
        markup = markup or inline_keyboard(screen.rows)
        picture = _shown(screen)
        if picture is not None:
            try:
                return await self._send_photo(chat_id, screen, picture, markup)
            except PictureMissing as missing:
                log.error("a stored picture is missing", sha256=str(missing))
        return await self.bot.send_message(
            chat_id,
            screen.text,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            protect_content=screen.protect or None,
            reply_markup=markup,
        )

    async def _send_photo(
        self, chat_id: int, screen: Screen, picture: Picture, markup: Markup
    ) -> Message:
        async def send(photo: str | BufferedInputFile) -> Message:
            return await self.bot.send_photo(
                chat_id,
                photo,
                caption=screen.text,
                parse_mode=ParseMode.HTML,
                protect_content=screen.protect or None,
                reply_markup=markup,
            )

        file_id = await self.files.known(picture)
        if file_id is not None:
            try:
                return await send(file_id)
            except TelegramBadRequest as refused:
                await self._forget(picture, refused)
        return await self._kept(picture, await send(await self._upload(chat_id, picture)))

    async def send_file(self, chat_id: int, file: File) -> Message:
        await self.bot.send_chat_action(chat_id, ChatAction.UPLOAD_DOCUMENT)
        return await self.bot.send_document(
            chat_id,
            _document(file),
            caption=file.caption or None,
            parse_mode=ParseMode.HTML,
            disable_content_type_detection=True,
        )

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> Message | None:
        """None when the message is one of another kind and a picture is not to be had."""
        markup = inline_keyboard(screen.rows)
        picture = _shown(screen)
        if picture is None:
            edited = await self.bot.edit_message_text(
                screen.text,
                chat_id=chat_id,
                message_id=message_id,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                reply_markup=markup,
            )
            return edited if isinstance(edited, Message) else None
        try:
            return await self._edit_photo(chat_id, message_id, screen, picture)
        except PictureMissing as missing:
            log.error("a stored picture is missing", sha256=str(missing))
            return None

    async def _edit_photo(
        self, chat_id: int, message_id: int, screen: Screen, picture: Picture
    ) -> Message | None:
        async def edit(photo: str | BufferedInputFile) -> Message | None:
            media = InputMediaPhoto(media=photo, caption=screen.text, parse_mode=ParseMode.HTML)
            edited = await self.bot.edit_message_media(
                media,
                chat_id=chat_id,
                message_id=message_id,
                reply_markup=inline_keyboard(screen.rows),
            )
            return edited if isinstance(edited, Message) else None

        file_id = await self.files.known(picture)
        if file_id is not None:
            try:
                return await edit(file_id)
            except TelegramBadRequest as refused:
                await self._forget(picture, refused)
        edited = await edit(await self._upload(chat_id, picture))
        return await self._kept(picture, edited) if edited is not None else None

    async def _upload(self, chat_id: int, picture: Picture) -> BufferedInputFile:
        await self.bot.send_chat_action(chat_id, ChatAction.UPLOAD_PHOTO)
        return await self.files.load(picture)

    async def _kept(self, picture: Picture, message: Message) -> Message:
        if message.photo:
            await self.files.remember(picture, message.photo[-1].file_id, message.chat.id)
        return message

    async def _forget(self, picture: Picture, refused: TelegramBadRequest) -> None:
        """Raises what was refused for another reason."""
        if not says(refused, _STALE_FILE):
            raise refused
        log.info("Telegram forgot a picture: it is uploaded anew")
        await self.files.forget(picture)


def _document(file: File) -> InputFile:
    if isinstance(file.content, bytes):
        return BufferedInputFile(file.content, file.name)
    return _InPieces(file.content, file.name)


class _InPieces(InputFile):
    """A document that is made while it is sent, never whole in memory."""

    def __init__(self, pieces: Pieces, name: str) -> None:
        super().__init__(filename=name)
        self._pieces = pieces

    async def read(self, bot: Bot) -> AsyncGenerator[bytes]:  # noqa: ARG002  aiogram passes it
        async for piece in self._pieces():
            yield piece


def _shown(screen: Screen) -> Picture | None:
    """A picture only goes with a text that fits under it."""
    if screen.picture is None or visible_length(screen.text) <= LONGEST_CAPTION:
        return screen.picture
    log.warning("a text is too long for its picture", length=visible_length(screen.text))
    return None
