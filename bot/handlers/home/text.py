"""A text, a contact or a location that nobody asked for. Comes after all that was asked for."""

from aiogram import F, Router
from aiogram.types import Message

from backend.platform.context import Context
from bot.place import Place
from bot.screens.browse.city import city_rows
from bot.screens.home.unknown import unknown
from bot.screens.screen import Screen
from bot.views.browse import found_screen
from bot.visitor import Visitor
from catalog.shelves.cities import city_by_id

router = Router(name="text")


@router.message(F.text & ~F.text.startswith("/"))
async def text(message: Message, visitor: Visitor, ctx: Context) -> Screen:
    """What is looked for in the catalog."""
    assert message.text is not None
    visitor.chat.awaiting = ""
    return await found_screen(visitor, ctx, message.text)


@router.message(F.contact)
async def contact(message: Message, visitor: Visitor) -> Screen:
    return unknown(visitor.words, "unknown-contact")


@router.message(F.location)
async def location(message: Message, visitor: Visitor, place: Place) -> Screen:
    """Perhaps the person has moved: its city is offered."""
    city = await city_by_id(place.city_id)
    screen = unknown(visitor.words, "unknown-location")
    rows = city_rows(visitor.words, [city] if city else [])
    return Screen(screen.text, (*rows, *screen.rows), fresh=True)
