"""/start and Home: the first screen, or the very offer that a link leads to."""

from aiogram import Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from backend.cards.application import open_application_of
from backend.cards.wallet import cards_in_wallet
from backend.customers.choose import city_of
from backend.platform.context import Context
from bot import taps
from bot.handlers.awaiting import CITY, expect
from bot.handlers.offer import offer_screen
from bot.handlers.visits import VISITS
from bot.screens.city import choose_city
from bot.screens.home import home
from bot.screens.screen import Screen
from bot.start_link import parse_start
from bot.visitor import Visitor
from catalog.cities import cities_with_offers

router = Router(name="start")
CITIES_AT_START = 8
# A person follows many links over the years: the newest labels are enough.
LABELS_KEPT = 50


@router.message(CommandStart(), flags=VISITS)
async def start(message: Message, visitor: Visitor, ctx: Context, command: CommandObject) -> Screen:
    link = parse_start(command.args or "")
    if link.offer is not None:
        remember_label(visitor, link.offer, link.source)
        return await offer_screen(visitor, ctx, link.offer)
    # The very first /start asks for the city under the hero's words.
    if visitor.chat.screen_message_id is None and visitor.customer.city_id is None:
        expect(visitor, CITY)
        listed = await cities_with_offers(0, CITIES_AT_START)
        return choose_city(visitor.words, listed, first=True)
    return await home_screen(visitor)


@router.message(Command("home"), flags=VISITS)
async def home_command(message: Message, visitor: Visitor) -> Screen:
    return await home_screen(visitor)


@router.callback_query(taps.Home.filter(), flags=VISITS)
async def home_tap(query: CallbackQuery, visitor: Visitor) -> Screen:
    return await home_screen(visitor)


async def home_screen(visitor: Visitor) -> Screen:
    cards = await cards_in_wallet(visitor.customer)
    standing = await open_application_of(visitor.customer)
    city = await city_of(visitor.customer)
    return home(visitor.words, city, len(cards), resume=standing is not None)


def remember_label(visitor: Visitor, offer_id: int, source: str) -> None:
    """Where the person came from to this offer: it ends up on the card."""
    if not source:
        return
    kept = {k: v for k, v in visitor.chat.landed.items() if k != str(offer_id)}
    newest = list(kept.items())[-(LABELS_KEPT - 1) :]
    visitor.chat.landed = dict(newest) | {str(offer_id): source}
