"""Search by words: a typed text that answers nothing else is a search."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.awaiting import SEARCH, expect
from bot.screens.home.home import search_prompt
from bot.screens.screen import Screen
from bot.tapped import Tapped
from bot.taps.browse import Search
from bot.visitor import Visitor

router = Router(name="search")


@router.callback_query(Tapped(Search))
async def ask(query: CallbackQuery, visitor: Visitor) -> Screen:
    expect(visitor, SEARCH)
    return search_prompt(visitor.words)
