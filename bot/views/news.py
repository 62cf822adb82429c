"""New brands in the person's city."""

from backend.customers.person.choose import city_of
from backend.platform.context import Context
from bot.screens.choices.news import news
from bot.screens.screen import Screen
from bot.visitor import Visitor
from catalog.shelves.joined import news_in

_SHOWN = 5


async def news_screen(visitor: Visitor, ctx: Context) -> Screen:
    customer = visitor.customer
    offers = await news_in(ctx.clock(), customer.city_id, 0, _SHOWN)
    city = await city_of(customer)
    return news(visitor.words, offers, city, wanted=customer.hears_of_brands)
