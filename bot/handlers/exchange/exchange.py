"""Cards of another wallet come in, and all cards go out."""

from collections.abc import AsyncIterator
from contextlib import suppress

from aiogram import F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, Message

from backend.cards.exchange.export_cards import SUFFIXES, ExportFormat, export_cards
from backend.exchange.catima_link import is_catima_link
from backend.platform.context import Context
from backend.reading.reader import Reader
from bot.awaiting import EXPORT_PASSWORD, IMPORT_PASSWORD, Typed, expect
from bot.download import NotThere, TooLarge, download, in_hand
from bot.screens.exchange.exchange import ask_password, export_choice, exported, import_prompt
from bot.screens.plastic.add_card import unread
from bot.screens.screen import File, Reply, Screen
from bot.tapped import Tapped
from bot.taps.exchange import ExportAs, ExportCards, ImportCards
from bot.views.exchange import import_file
from bot.visitor import Visitor

router = Router(name="exchange")
LONGEST_PASSWORD = 128


@router.callback_query(Tapped(ImportCards))
async def how_to_import(query: CallbackQuery, visitor: Visitor) -> Screen:
    return import_prompt(visitor.words)


@router.message(Typed(IMPORT_PASSWORD))
async def import_password_typed(
    message: Message, visitor: Visitor, ctx: Context, reader: Reader
) -> Reply | Screen:
    """The password is used once and kept nowhere: the message with it goes, too."""
    assert message.bot is not None
    visitor.chat.awaiting = ""
    file_id = str(visitor.chat.awaiting_data["file"])
    await _take_away(message)
    password = (message.text or "")[:LONGEST_PASSWORD]
    try:
        with in_hand(reader, visitor):
            data = await download(message.bot, message.chat.id, file_id)
            return await import_file(message, visitor, ctx, reader, data, file_id, password)
    except (TooLarge, NotThere):
        return unread(visitor.words, "add-unread-lost")


@router.message(F.text, F.text.func(is_catima_link))
async def link_shared(
    message: Message, visitor: Visitor, ctx: Context, reader: Reader
) -> Reply | Screen:
    """A card that somebody shares out of Catima: a file of one line."""
    assert message.text is not None
    visitor.chat.awaiting = ""
    return await import_file(message, visitor, ctx, reader, message.text.encode(), "")


@router.callback_query(Tapped(ExportCards))
async def export(query: CallbackQuery, visitor: Visitor) -> Screen:
    return export_choice(visitor.words)


@router.callback_query(Tapped(ExportAs))
async def export_as(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: ExportAs
) -> Reply | Screen:
    if callback_data.format not in set(ExportFormat):
        return export_choice(visitor.words)
    if callback_data.locked:
        expect(visitor, EXPORT_PASSWORD)
        return ask_password(visitor.words, "export-password")
    return _exported(visitor, ctx, ExportFormat(callback_data.format))


@router.message(Typed(EXPORT_PASSWORD))
async def export_password_typed(message: Message, visitor: Visitor, ctx: Context) -> Reply:
    visitor.chat.awaiting = ""
    await _take_away(message)
    return _exported(visitor, ctx, ExportFormat.CATIMA, (message.text or "")[:LONGEST_PASSWORD])


def _exported(
    visitor: Visitor, ctx: Context, wanted: ExportFormat, password: str | None = None
) -> Reply:
    name = f"karman-{ctx.clock():%Y-%m-%d}.{SUFFIXES[wanted]}"
    caption = visitor.words.html(f"export-{wanted.value}-caption")

    def content() -> AsyncIterator[bytes]:
        return export_cards(ctx, visitor.customer, wanted, password)

    return Reply(screen=exported(visitor.words), files=(File(name, content, caption),))


async def _take_away(message: Message) -> None:
    """Telegram may refuse for an old message; the person can delete it as well."""
    with suppress(TelegramBadRequest):
        await message.delete()
