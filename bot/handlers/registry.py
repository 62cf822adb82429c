"""The handlers in the order in which they are asked; the last one takes what is left."""

from aiogram import Router

from bot.handlers import (
    apply,
    basket,
    card,
    catalog,
    city,
    consent,
    inline,
    my_data,
    offer,
    question,
    search,
    settings,
    start,
    text,
    unknown,
)

ROUTERS: tuple[Router, ...] = (
    start.router,
    city.router,
    catalog.router,
    search.router,
    basket.router,
    offer.router,
    apply.router,
    question.router,
    consent.router,
    card.router,
    settings.router,
    my_data.router,
    inline.router,
    text.router,
    unknown.router,
)
