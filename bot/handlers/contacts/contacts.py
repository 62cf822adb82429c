"""«My contacts»."""

from aiogram import Router
from aiogram.types import CallbackQuery

from backend.platform.context import Context
from bot.screens.screen import Screen
from bot.tapped import Tapped
from bot.taps.contacts import Contacts
from bot.views.contacts import contacts_screen
from bot.visitor import Visitor

router = Router(name="contacts")


@router.callback_query(Tapped(Contacts))
async def contacts_tap(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Screen:
    return await contacts_screen(visitor, ctx)
