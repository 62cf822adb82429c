"""A card that somebody shares."""

from aiogram import Bot
from aiogram.types import Message

from backend.cards.share.share_card import SharedCard, accept_share, message_shown, open_share
from backend.platform.context import Context
from backend.platform.words import Translator
from bot.keyboards import inline_keyboard
from bot.place_screen import ScreenPlacer
from bot.screens.screen import Screen
from bot.screens.share.share import shared_below, shared_card
from bot.visitor import Visitor
from models.refusal import Code, Refusal


async def show_card(
    show: ScreenPlacer, ctx: Context, words: Translator, shown: SharedCard, chat_id: int
) -> None:
    """Send the picture, so that it can be taken away again; no copy of it is remembered.
    Refuses with share_ended when it was revoked in this very moment."""
    bot = show.wire.bot
    screen = shared_card(words, shown)
    markup = inline_keyboard(screen.rows)
    if screen.picture is None:
        sent = await bot.send_message(
            chat_id, screen.text, parse_mode="HTML", protect_content=True, reply_markup=markup
        )
    else:
        sent = await bot.send_photo(
            chat_id,
            await show.wire.files.load(screen.picture),
            caption=screen.text,
            parse_mode="HTML",
            protect_content=True,
            reply_markup=markup,
        )
    if not await message_shown(ctx, shown.share, bot.id, chat_id, sent.message_id):
        await _gone(bot, chat_id, sent.message_id)
        raise Refusal(Code.SHARE_ENDED)


async def _gone(bot: Bot, chat_id: int, message_id: int) -> None:
    await bot.delete_message(chat_id, message_id)


async def invited(
    visitor: Visitor, ctx: Context, show: ScreenPlacer, message: Message, token: str
) -> Screen:
    """The guest follows the link. Refuses as accept_share does."""
    name = message.from_user.first_name if message.from_user is not None else ""
    share = await accept_share(ctx, visitor.customer, token, name)
    return await opened_screen(visitor, ctx, show, share.id)


async def opened_screen(
    visitor: Visitor, ctx: Context, show: ScreenPlacer, share_id: int
) -> Screen:
    shown = await open_share(ctx, share_id, guest_id=visitor.customer.id)
    await show_card(show, ctx, visitor.words, shown, visitor.chat.chat_id)
    return shared_below(visitor.words, shown)
