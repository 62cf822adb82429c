"""Inline mode: `@bot coffee` shares an offer in any chat; alone with oneself, the own cards too."""

from aiogram import Bot, F, Router
from aiogram.types import (
    ChosenInlineResult,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Message,
)

from backend.browse import browse
from backend.platform.context import Context
from backend.platform.watch.log import get_log
from bot.place_screen import ScreenPlacer
from bot.screens.parts import benefit, brand_name
from bot.start_link import make_start
from bot.views.pocket import own_cards
from bot.visitor import Visitor
from catalog.shelves.browse import open_offer, search
from models.offer import Offer
from models.refusal import Refusal

router = Router(name="inline")
log = get_log(__name__)
PAGE = 20
# Personal and short-lived: results depend on the person's city.
CACHE_SECONDS = 10
SOURCE = "inline"


@router.inline_query()
async def offers(
    query: InlineQuery, visitor: Visitor, ctx: Context, bot: Bot, show: ScreenPlacer
) -> None:
    typed = query.query.strip()
    page = int(query.offset) if query.offset.isascii() and query.offset.isdigit() else 0
    found, following = await _found(ctx, visitor.customer.city_id, typed, page)
    mine = await own_cards(query, visitor, ctx, show)
    username = (await bot.me()).username or ""
    button = None
    if visitor.customer.city_id is None:
        button = InlineQueryResultsButton(
            text=visitor.words("inline-city-button"), start_parameter="city"
        )
    await query.answer(
        [*mine, *(_article(visitor, offer, username) for offer in found)],
        cache_time=CACHE_SECONDS,
        is_personal=True,
        next_offset=following,
        button=button,
    )


@router.message(F.via_bot)
async def shared_here(message: Message) -> None:
    """A result chosen in the bot's own chat comes back as a message: it says itself what it
    has to say, and its button is below it."""


@router.chosen_inline_result()
async def chosen(result: ChosenInlineResult) -> None:
    if not result.result_id.startswith("card"):
        log.info("an offer was shared", offer=result.result_id)


async def _found(
    ctx: Context, city_id: int | None, typed: str, page: int
) -> tuple[list[Offer], str]:
    """Offers, and the offset of the next page or an empty text."""
    now = ctx.clock()
    if typed.startswith("#") and typed[1:].isascii() and typed[1:].isdigit():
        # The «share» button of an offer.
        try:
            return [await open_offer(now, int(typed[1:]))], ""
        except Refusal:
            return [], ""
    if typed:
        return await search(ctx.brands, now, city_id, typed, PAGE), ""
    listed = await browse(now, city_id, None, min(page, 10_000), PAGE)
    more = listed.page + 1 < listed.pages
    return listed.offers, str(listed.page + 1) if more else ""


def _article(visitor: Visitor, offer: Offer, username: str) -> InlineQueryResultArticle:
    words = visitor.words
    brand, gives = brand_name(words, offer.brand), benefit(words, offer)
    link = f"https://t.me/{username}?start={make_start(offer.id, SOURCE)}"
    opens = InlineKeyboardButton(text=words("inline-open"), url=link)
    return InlineQueryResultArticle(
        id=str(offer.id),
        title=words("inline-title", brand=brand),
        description=gives,
        input_message_content=InputTextMessageContent(
            message_text=words.html("inline-text", brand=brand, benefit=gives), parse_mode="HTML"
        ),
        reply_markup=InlineKeyboardMarkup(inline_keyboard=[[opens]]),
    )
