"""/start and Home: the first screen, or what a link leads to."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from backend.browse import cities_with_offers
from backend.cards.issue.application import open_application_of
from backend.customers.person.profile import read_profile
from backend.platform.context import Context
from backend.triggers.gone import product_by_keys
from bot.awaiting import CITY, Pressed, expect
from bot.place_screen import ScreenPlacer
from bot.screens.browse.city import choose_city
from bot.screens.home.keys import HOME
from bot.screens.screen import Reply, Screen
from bot.start_link import StartLink, parse_start
from bot.tapped import Tapped
from bot.taps.home import Home
from bot.views.assigned import assigned_screen
from bot.views.browse import offer_screen
from bot.views.home import home_screen
from bot.views.linked import linked_screen
from bot.views.samples import invited_to_samples
from bot.views.share import invited
from bot.views.watch import product_screen
from bot.visitor import Visitor
from bot.visits import VISITS
from models.city import City

router = Router(name="start")
CITIES_AT_START = 8
# A person follows many links over the years: the newest labels are enough.
LABELS_KEPT = 50


@router.message(CommandStart(), flags=VISITS)
async def start(
    message: Message, visitor: Visitor, ctx: Context, show: ScreenPlacer, command: CommandObject
) -> Reply | Screen:
    # Whoever cleared the chat has no keys any more.
    visitor.chat.keys = ""
    link = parse_start(command.args or "")
    if link.offer is not None:
        remember_label(visitor, link.offer, link.source)
        return await offer_screen(visitor, ctx, link.offer)
    if link.share:
        return await invited(visitor, ctx, show, message, link.share)
    if link.assigned:
        return await assigned_screen(visitor, ctx, message.from_user, link.assigned)
    return await _shown(visitor, ctx, link)


async def _shown(visitor: Visitor, ctx: Context, link: StartLink) -> Screen:
    """What gives nothing yet; Home for whatever leads nowhere."""
    if link.samples:
        return await invited_to_samples(visitor, ctx, link.samples)
    if link.action is not None:
        return await linked_screen(visitor, ctx, link.action)
    if link.product is not None and (product := await product_by_keys(*link.product)):
        return await product_screen(visitor, product, fresh=True)
    return await first_screen(visitor, ctx)


@router.message(Command("home"), flags=VISITS)
@router.message(F.text, Pressed(HOME), flags=VISITS)
async def home_command(message: Message, visitor: Visitor, ctx: Context) -> Screen:
    return await first_screen(visitor, ctx)


@router.callback_query(Tapped(Home), flags=VISITS)
async def home_tap(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Screen:
    return await first_screen(visitor, ctx)


async def first_screen(visitor: Visitor, ctx: Context) -> Screen:
    """Home. Whoever is here for the first time is asked for the city: at /start, or after
    whatever a link or a command has led to, but not in the middle of a questionnaire."""
    if visitor.customer.city_id is not None or visitor.chat.city_asked_at is not None:
        return await home_screen(visitor, ctx)
    if await open_application_of(visitor.customer) is not None:
        return await home_screen(visitor, ctx)
    newcomer = visitor.chat.screen_message_id is None
    visitor.chat.city_asked_at = ctx.clock()
    expect(visitor, CITY)
    listed = await cities_with_offers(0, CITIES_AT_START)
    lives = await City.get_or_none(key=read_profile(ctx, visitor.customer).get("city", ""))
    return choose_city(visitor.words, listed, first=newcomer, lives=lives)


def remember_label(visitor: Visitor, offer_id: int, source: str) -> None:
    """Where the person came from to this offer: it ends up on the card."""
    if not source:
        return
    kept = {k: v for k, v in visitor.chat.landed.items() if k != str(offer_id)}
    newest = list(kept.items())[-(LABELS_KEPT - 1) :]
    visitor.chat.landed = dict(newest) | {str(offer_id): source}
