"""The first screen."""

from dataclasses import replace

from backend.cards.issue.half_way import is_half_way
from backend.cards.pocket.listed import EVERYTHING, card_page
from backend.customers.person.choose import city_of
from backend.platform.context import Context
from bot.screens.home.home import home
from bot.screens.pocket.wallet import quick_rows
from bot.screens.screen import Screen
from bot.visitor import Visitor

# Cards that are one tap away: starred, then most used.
QUICK = 3


async def home_screen(visitor: Visitor, ctx: Context) -> Screen:
    cards = await card_page(ctx, visitor.customer, "used", EVERYTHING, 0, QUICK)
    city = await city_of(visitor.customer)
    resume = await is_half_way(visitor.customer)
    screen = home(visitor.words, city, cards.total, resume=resume)
    quick = quick_rows(visitor.words, cards.cards)
    keys = visitor.language if cards.total else ""
    return replace(screen, rows=(*quick, *screen.rows), keys=keys)
