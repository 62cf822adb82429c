"""The handlers in the order in which they are asked; the last one takes what is left.

A tap has one handler, so the order matters to messages alone: what is typed for a card in the
pocket may be a link, for anybody else a link is a card to bring in.
"""

from aiogram import Router

from bot.handlers.browse import catalog, city, inline, offer, search, watch
from bot.handlers.choices import consent_again, consents, news, samples, told
from bot.handlers.contacts import contact_email, contact_phone, contacts
from bot.handlers.exchange import exchange
from bot.handlers.home import cancel, settings, start, text, unknown
from bot.handlers.issue import (
    apply,
    basket,
    consent,
    question,
    question_typed,
    question_ways,
    summary,
)
from bot.handlers.my_data import my_data
from bot.handlers.plastic import add_card, photo
from bot.handlers.pocket import card, change_external, organise, redeem, wallet
from bot.handlers.share import share

ROUTERS: tuple[Router, ...] = (
    cancel.router,
    start.router,
    card.router,
    wallet.router,
    organise.router,
    redeem.router,
    change_external.router,
    share.router,
    exchange.router,
    city.router,
    catalog.router,
    search.router,
    basket.router,
    offer.router,
    watch.router,
    apply.router,
    question.router,
    question_typed.router,
    question_ways.router,
    summary.router,
    consent.router,
    consent_again.router,
    consents.router,
    news.router,
    samples.router,
    told.router,
    settings.router,
    contacts.router,
    contact_phone.router,
    contact_email.router,
    my_data.router,
    inline.router,
    add_card.router,
    photo.router,
    text.router,
    unknown.router,
)
