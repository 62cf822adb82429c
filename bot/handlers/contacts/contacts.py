"""«My contacts»."""

from aiogram import Router
from aiogram.types import CallbackQuery

from backend.customers.contacts.contacts import my_contacts
from backend.platform.context import Context
from bot import taps
from bot.screens.contacts.contact import contacts
from bot.screens.screen import Screen
from bot.tapped import Tapped
from bot.visitor import Visitor

router = Router(name="contacts")


@router.callback_query(Tapped(taps.Contacts))
async def contacts_tap(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Screen:
    return await contacts_screen(visitor, ctx)


async def contacts_screen(visitor: Visitor, ctx: Context) -> Screen:
    return contacts(visitor.words, await my_contacts(ctx, visitor.customer))
