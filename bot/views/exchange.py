"""The cards of another wallet's file, brought in."""

from contextlib import suppress

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Message

from backend.cards.exchange.import_cards import import_cards
from backend.exchange.shapes import FileRefused, Imported
from backend.platform.context import Context
from backend.reading.reader import Reader
from bot.awaiting import IMPORT_PASSWORD, expect
from bot.screens.exchange.exchange import ask_password, import_refused, progress
from bot.screens.exchange.import_report import report, report_file
from bot.screens.screen import Reply, Screen
from bot.visitor import Visitor

SHOW_PROGRESS_FROM = 25


async def import_file(
    message: Message,
    visitor: Visitor,
    ctx: Context,
    reader: Reader,
    data: bytes,
    file_id: str,
    password: str | None = None,
) -> Reply | Screen:
    """An export of another wallet, if it is one; asks for its password when it has one."""
    try:
        found = await reader.cards(
            data, password, who=visitor.customer.id, language=visitor.language
        )
    except FileRefused as refused:
        if refused.code not in {"password_needed", "wrong_password"}:
            return import_refused(visitor.words, refused.code)
        expect(visitor, IMPORT_PASSWORD, file=file_id)
        wrong = refused.code == "wrong_password"
        return ask_password(visitor.words, "import-password-wrong" if wrong else "import-password")
    return await _bring(message, visitor, ctx, found)


async def _bring(
    message: Message, visitor: Visitor, ctx: Context, found: Imported
) -> Reply | Screen:
    total = len(found.cards)
    if total < SHOW_PROGRESS_FROM:
        made = await import_cards(ctx, visitor.customer, found)
    else:
        line = await message.answer(progress(visitor.words, 0, total))

        async def tell(done: int, of: int) -> None:
            # Telling is a courtesy: a message that was deleted meanwhile stops nothing.
            with suppress(TelegramBadRequest):
                await line.edit_text(progress(visitor.words, done, of))

        made = await import_cards(ctx, visitor.customer, found, tell)
    file = report_file(visitor.words, made)
    return Reply(screen=report(visitor.words, made), files=(file,) if file else ())
