"""A shared card in a group: its owner brings it in, whoever is there may open it."""

from datetime import timedelta

from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import CallbackQuery, Message, Update

from backend.cards.share.share_card import accept_in_group, open_share, shown_lately
from backend.customers.person.meet import in_telegram
from backend.platform.context import Context
from backend.platform.watch.log import get_log
from backend.platform.words import Translator
from bot.answer_tap import TapAnswer
from bot.place_screen import ScreenPlacer
from bot.screens.refusals import reason
from bot.screens.screen import Alert, Screen
from bot.screens.share.share import group_card
from bot.start_link import share_in
from bot.taps.share import GroupShow
from bot.views.share import show_card
from models.refusal import Refusal

log = get_log(__name__)
# Several taps in a row: one picture in the group is enough.
LATELY = timedelta(minutes=5)


async def family_in_group(
    update: Update, ctx: Context, show: ScreenPlacer, words: Translator
) -> bool:
    """Whether the update was about a shared card, and is answered."""
    try:
        if update.callback_query is not None:
            return await _tapped(update.callback_query, ctx, show, words)
        if update.message is not None:
            return await _brought(update.message, ctx, show, words)
    except (TelegramForbiddenError, TelegramBadRequest) as refused:
        # The group may let nobody write, or be gone: no reason to try again.
        log.info("a group cannot be answered", error=type(refused).__name__)
        return True
    return False


async def _tapped(
    query: CallbackQuery, ctx: Context, show: ScreenPlacer, words: Translator
) -> bool:
    asked = GroupShow.unpack(query.data)
    if query.message is None or asked is None:
        return False
    tap, chat_id = TapAnswer(show.wire.bot, query), query.message.chat.id
    try:
        shown = await open_share(ctx, asked.id, chat_id=chat_id)
        if await shown_lately(ctx, shown.share, LATELY):
            await tap.answer(Alert(words("group-card-above"), modal=False))
            return True
        await show_card(show, ctx, words, shown, chat_id)
        await tap.answer()
    except Refusal as refusal:
        await tap.answer(Alert(reason(words, refusal)))
    return True


async def _brought(message: Message, ctx: Context, show: ScreenPlacer, words: Translator) -> bool:
    token = share_in(message.text or "")
    if not token or message.from_user is None:
        return False
    chat = message.chat
    try:
        share = await accept_in_group(
            ctx, in_telegram(message.from_user.id), chat.id, token, chat.title or ""
        )
        shown = await open_share(ctx, share.id, chat_id=chat.id, count=False)
    except Refusal as refusal:
        await show.wire.send(chat.id, Screen(words.html(_key(refusal), **refusal.details)))
        return True
    await show.wire.send(chat.id, group_card(words, shown))
    return True


def _key(refusal: Refusal) -> str:
    return f"refusal-{refusal.code.value.replace('_', '-')}"
