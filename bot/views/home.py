"""The first screen."""

from dataclasses import replace

from backend.cards.issue.application import open_application_of
from backend.cards.pocket.wallet import wallet_in_order
from backend.customers.person.choose import city_of
from backend.platform.context import Context
from bot.screens.home.home import home
from bot.screens.home.keys import main_keys
from bot.screens.pocket.wallet import quick_rows
from bot.screens.screen import Screen
from bot.visitor import Visitor

# Cards that are one tap away: starred, then most used.
QUICK = 3


async def home_screen(visitor: Visitor, ctx: Context) -> Screen:
    cards = await wallet_in_order(ctx, visitor.customer, sort="used")
    standing = await open_application_of(visitor.customer)
    city = await city_of(visitor.customer)
    screen = home(visitor.words, city, len(cards), resume=standing is not None)
    quick = quick_rows(visitor.words, cards[:QUICK])
    keys = main_keys(visitor.words) if cards else None
    return replace(screen, rows=(*quick, *screen.rows), keys=keys)
