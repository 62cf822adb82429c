"""The button of a message that a partner has asked to be told."""

from aiogram import Router
from aiogram.types import CallbackQuery

from backend.messages.open_message import open_message
from backend.platform.context import Context
from bot.screens.screen import Screen
from bot.tapped import Tapped
from bot.taps.choices import OpenMessage
from bot.views.home import home_screen
from bot.views.linked import linked_screen
from bot.visitor import Visitor

router = Router(name="told")


@router.callback_query(Tapped(OpenMessage))
async def opened(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: OpenMessage
) -> Screen:
    """Of a message that is nobody's any more, the first screen."""
    action = await open_message(ctx, visitor.customer, callback_data.id)
    if action is None:
        return await home_screen(visitor, ctx)
    return await linked_screen(visitor, ctx, action)
