"""New brands in the city, and whether somebody wants to hear of more."""

from aiogram import Router
from aiogram.types import CallbackQuery

from backend.customers.choices.hear_of_brands import hear_of_brands
from backend.platform.context import Context
from bot.screens.screen import Screen
from bot.tapped import Tapped
from bot.taps.choices import News, NewsSwitch
from bot.views.news import news_screen
from bot.visitor import Visitor

router = Router(name="news")


@router.callback_query(Tapped(News))
async def everything(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Screen:
    return await news_screen(visitor, ctx)


@router.callback_query(Tapped(NewsSwitch))
async def switch(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: NewsSwitch
) -> Screen:
    """What the button says it will be: a second tap changes nothing."""
    await hear_of_brands(visitor.customer, wanted=callback_data.on)
    return await news_screen(visitor, ctx)
