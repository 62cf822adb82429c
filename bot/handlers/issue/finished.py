"""A tap on a step of an application that is over: the cards that came of it."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject

from backend.cards.issue.finished import cards_just_made
from backend.platform.context import Context
from bot.screens.screen import Screen
from bot.taps.pocket import CardsBy
from bot.views.pocket import card_screen, wallet_screen
from bot.visitor import Visitor
from models.refusal import Code, Refusal


class AfterTheEnd(BaseMiddleware):
    """Around the steps of the journey: the second of two taps on the last button finds the
    application closed, and must not put a refusal in the place of the card."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        try:
            return await handler(event, data)
        except Refusal as refusal:
            if refusal.code is not Code.APPLICATION_CLOSED:
                raise
            shown = await what_became(data["visitor"], data["ctx"])
            if shown is None:
                raise
            return shown


async def what_became(visitor: Visitor, ctx: Context) -> Screen | None:
    cards = await cards_just_made(visitor.customer)
    if not cards:
        return None
    if len(cards) == 1:
        return await card_screen(visitor, ctx, cards[0].id)
    return await wallet_screen(visitor, ctx, CardsBy())
