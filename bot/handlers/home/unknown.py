"""Whatever nothing else has answered: polite and useful, never silence. Comes last."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from backend.platform.context import Context
from bot.menu import COMMANDS
from bot.screens.home.unknown import unknown
from bot.screens.screen import Alert, Reply, Screen
from bot.tapped import Tapped
from bot.taps.home import Noop
from bot.views.home import home_screen
from bot.visitor import Visitor

router = Router(name="unknown")


@router.callback_query(Tapped(Noop))
async def label(query: CallbackQuery) -> None:
    """A label that looks like a button: the tap is answered, nothing changes."""


@router.callback_query()
async def old_button(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Reply:
    told = Alert(visitor.words("tap-outdated"), modal=False)
    return Reply(screen=await home_screen(visitor, ctx), alert=told)


@router.message(F.text.startswith("/"))
async def command(message: Message, visitor: Visitor) -> Screen:
    assert message.text is not None
    name = message.text.split()[0][:40]
    known = ", ".join(f"/{command}" for command in COMMANDS)
    return unknown(visitor.words, "unknown-command", command=name, commands=known)


@router.message()
async def anything(message: Message, visitor: Visitor) -> Screen | None:
    return _once_per_album(message, visitor, "unknown-media")


def _once_per_album(message: Message, visitor: Visitor, key: str) -> Screen | None:
    """An album arrives as several messages: one answer is enough."""
    album = message.media_group_id
    if album is not None and visitor.chat.awaiting_data.get("album") == album:
        return None
    visitor.chat.awaiting_data = {**visitor.chat.awaiting_data, "album": album}
    return unknown(visitor.words, key)


@router.edited_message()
async def edited(message: Message, visitor: Visitor) -> Screen | None:
    """A live location keeps editing its message: only typed text is worth an answer."""
    if message.text is None:
        return None
    return unknown(visitor.words, "unknown-edited")
