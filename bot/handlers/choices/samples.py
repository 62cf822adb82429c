"""Whether somebody wants to see what an account tries out."""

from aiogram import Router
from aiogram.types import CallbackQuery

from backend.customers.choices.samples import hear_samples, stop_samples
from backend.platform.context import Context
from bot.screens.screen import Screen
from bot.tapped import Tapped
from bot.taps.choices import SamplesOff, SamplesOn
from bot.views.samples import samples_of
from bot.visitor import Visitor
from bot.visits import VISITS

router = Router(name="samples")


@router.callback_query(Tapped(SamplesOn), flags=VISITS)
async def begin(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: SamplesOn
) -> Screen:
    account = await hear_samples(ctx, visitor.customer, callback_data.token)
    return await samples_of(visitor, account.id)


@router.callback_query(Tapped(SamplesOff), flags=VISITS)
async def end(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: SamplesOff
) -> Screen:
    await stop_samples(ctx, visitor.customer.id, callback_data.account)
    return await samples_of(visitor, callback_data.account)
