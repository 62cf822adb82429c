"""My cards, one of them, and the same in inline mode."""

from aiogram.types import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InputTextMessageContent,
)

from backend.cards.issue.finished import cards_just_made
from backend.cards.pocket.dressed import dressed
from backend.cards.pocket.find_cards import find_cards
from backend.cards.pocket.listed import OF_NO_PARTNER, card_page, wallet_tally
from backend.cards.pocket.view_card import holder_of, view_card
from backend.cards.pocket.wallet import wallet_in_order
from backend.cards.pocket.wallet_card import WalletCard
from backend.platform.context import Context
from bot.place_screen import ScreenPlacer
from bot.screens.pocket.card import card, owners_picture
from bot.screens.pocket.wallet import PAGE, wallet
from bot.screens.screen import Screen
from bot.taps.pocket import CardsBy
from bot.visitor import Visitor


async def card_screen(visitor: Visitor, ctx: Context, card_id: int, note: str = "") -> Screen:
    """Refuses with card_not_found."""
    return card(visitor.words, await view_card(ctx, visitor.customer, card_id), note)


async def wallet_screen(visitor: Visitor, ctx: Context, by: CardsBy) -> Screen:
    """In the owner's own order, once there is one, else the most used first."""
    tally = await wallet_tally(visitor.customer)
    sort = by.sort or ("own" if tally.ordered else "used")
    shelf = OF_NO_PARTNER if by.others else by.shelf
    found = await card_page(ctx, visitor.customer, sort, shelf, by.page, PAGE)
    return wallet(visitor.words, found, by, tally)


async def what_became(visitor: Visitor, ctx: Context) -> Screen | None:
    """The cards that came of an application that is over; None when it was given up."""
    cards = await cards_just_made(visitor.customer)
    if not cards:
        return None
    if len(cards) == 1:
        return await card_screen(visitor, ctx, cards[0].id)
    return await wallet_screen(visitor, ctx, CardsBy())


MOST = 10
# «sender» is the chat with oneself: nothing personal is offered anywhere else.
OWN_CHAT = "sender"

Result = InlineQueryResultArticle | InlineQueryResultCachedPhoto


async def own_cards(
    query: InlineQuery, visitor: Visitor, ctx: Context, show: ScreenPlacer
) -> list[Result]:
    """The most used first; empty outside the own chat, and for who is unknown here."""
    if query.chat_type != OWN_CHAT or not visitor.known or query.offset:
        return []
    found = await wallet_in_order(ctx, visitor.customer, sort="used")
    typed = query.query.strip()
    if typed.startswith("#"):
        return []
    if typed:
        found = find_cards(found, typed)
    shown = await dressed(ctx, found[:MOST])
    return [await _result(kept, visitor, ctx, show) for kept in shown]


async def _result(kept: WalletCard, visitor: Visitor, ctx: Context, show: ScreenPlacer) -> Result:
    """The very picture that was shown before; a card that never was comes as its number."""
    words, name = visitor.words, kept.name(visitor.language)
    number = kept.card.printed_number
    text = words.html("inline-card-text", name=name, number=number)
    if kept.shows_barcode:
        picture = owners_picture(words, kept, holder_of(ctx, visitor.customer))
        file_id = await show.wire.files.known(picture)
        if file_id is not None:
            return InlineQueryResultCachedPhoto(
                id=f"card{kept.id}",
                photo_file_id=file_id,
                title=name,
                description=words("inline-card-number", number=number),
                caption=text,
                parse_mode="HTML",
            )
    return InlineQueryResultArticle(
        id=f"card{kept.id}",
        title=name,
        description=words("inline-card-number", number=number),
        input_message_content=InputTextMessageContent(message_text=text, parse_mode="HTML"),
    )
