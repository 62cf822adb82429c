"""The handlers in the order in which they are asked; the last one takes what is left."""

from aiogram import Router

from bot.handlers import (
    apply,
    basket,
    card,
    catalog,
    city,
    consent,
    consent_again,
    consents,
    contact_email,
    contact_phone,
    contacts,
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
    consent_again.router,
    consents.router,
    card.router,
    settings.router,
    contacts.router,
    contact_phone.router,
    contact_email.router,
    my_data.router,
    inline.router,
    text.router,
    unknown.router,
)
