"""A typed text, a contact or a location: what it answers depends on what was asked."""

from collections.abc import Awaitable, Callable
from functools import partial

from aiogram import F, Router
from aiogram.types import Message

from backend.cards.issue.answer import current_journey
from backend.exchange.catima_link import is_catima_link
from backend.platform.context import Context
from backend.reading.reader import Reader
from bot.handlers.browse.city import city_located, city_typed
from bot.handlers.browse.offer import stores_located
from bot.handlers.browse.search import search_typed
from bot.handlers.contacts.contact_email import email_typed
from bot.handlers.contacts.contact_phone import code_typed, phone_shared, phone_typed
from bot.handlers.exchange.exchange import export_password_typed, import_password_typed, link_shared
from bot.handlers.home import awaiting
from bot.handlers.issue.apply import number_typed
from bot.handlers.issue.question import contact_shared, question_located, question_typed
from bot.handlers.plastic.add_card import card_name_typed, card_number_typed
from bot.screens.browse.city import city_rows
from bot.screens.home.unknown import unknown
from bot.screens.screen import Answer, Screen
from bot.visitor import Visitor
from catalog.cities import nearest_city
from catalog.question import FieldType

router = Router(name="text")
Typed = Callable[[Visitor, Context, Message, str], Awaitable[Answer | Screen]]


@router.message(F.text & ~F.text.startswith("/"))
async def text(message: Message, visitor: Visitor, ctx: Context, reader: Reader) -> Answer | Screen:
    assert message.text is not None
    asked = visitor.chat.awaiting
    visitor.chat.awaiting = ""
    if is_catima_link(message.text):
        return await link_shared(visitor, ctx, reader, message)
    if asked == awaiting.CITY:
        return await city_typed(visitor, ctx, message.text)
    if asked == awaiting.NUMBER:
        return await number_typed(visitor, ctx, message, message.text)
    if asked == awaiting.QUESTION:
        return await question_typed(visitor, ctx, message, message.text)
    answers: dict[str, Typed] = {
        awaiting.IMPORT_PASSWORD: partial(import_password_typed, reader=reader),
        awaiting.PHONE: phone_typed,
        awaiting.CODE: code_typed,
        awaiting.EMAIL: email_typed,
        awaiting.CARD_NUMBER: card_number_typed,
        awaiting.CARD_NAME: card_name_typed,
        awaiting.EXPORT_PASSWORD: export_password_typed,
    }
    if asked in answers:
        return await answers[asked](visitor, ctx, message, message.text)
    return await search_typed(visitor, ctx, message.text)


@router.message(F.contact)
async def contact(message: Message, visitor: Visitor, ctx: Context) -> Answer | Screen:
    if visitor.chat.awaiting == awaiting.QUESTION:
        return await contact_shared(visitor, ctx, message)
    if visitor.chat.awaiting in {awaiting.PHONE, awaiting.CODE}:
        return await phone_shared(visitor, ctx, message)
    return unknown(visitor.words, "unknown-contact")


@router.message(F.location)
async def location(message: Message, visitor: Visitor, ctx: Context) -> Answer | Screen:
    asked = visitor.chat.awaiting
    if asked == awaiting.CITY:
        visitor.chat.awaiting = ""
        return await city_located(visitor, ctx, message)
    if asked == awaiting.STORES:
        visitor.chat.awaiting = ""
        return await stores_located(visitor, ctx, message)
    if asked == awaiting.QUESTION:
        journey = await current_journey(ctx, visitor.customer)
        key = journey.asking
        if key is not None and journey.fields[key].type is FieldType.CITY:
            return await question_located(visitor, ctx, message, journey)
    return await _offer_city(visitor, message)


async def _offer_city(visitor: Visitor, message: Message) -> Screen:
    """A location that nobody asked for: perhaps the person has moved."""
    assert message.location is not None
    city = await nearest_city(message.location.latitude, message.location.longitude)
    screen = unknown(visitor.words, "unknown-location")
    rows = city_rows(visitor.words, [city] if city else [])
    return Screen(screen.text, (*rows, *screen.rows), fresh=True)
