"""«Issue», «I already have this card», and on with one that was assigned."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from backend.cards.issue.apply import apply_for
from backend.cards.plastic.fitting import as_plastic, plastic_example
from backend.cards.plastic.plastic_number import PlasticNumber, check_number
from backend.platform.context import Context
from bot.awaiting import NUMBER, Typed, expect
from bot.screens.browse.offer import have_prompt
from bot.screens.screen import Reply, Screen
from bot.tapped import Tapped
from bot.taps.issue import AssignedOn, Have, Issue
from bot.taps.pocket import CardsBy
from bot.views.assigned import assigned_on
from bot.views.issue import resumed_screen
from bot.views.plastic import bring_in, try_again
from bot.views.pocket import wallet_screen
from bot.visitor import Visitor
from catalog.shelves.browse import open_offer
from models.refusal import Code, Refusal

router = Router(name="apply")
LONGEST_SHOWN = 60


@router.callback_query(Tapped(Issue))
async def issue(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: Issue
) -> Reply | Screen:
    source = visitor.chat.landed.get(str(callback_data.offer), "")
    await apply_for(ctx, visitor.customer, [callback_data.offer], source=source)
    return await resumed_screen(visitor, ctx, query.from_user)


@router.callback_query(Tapped(AssignedOn))
async def go_on(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Reply | Screen:
    """A button of an old message: the card is in the pocket, or the way to it was left."""
    shown = await assigned_on(visitor, ctx, query.from_user)
    return shown if shown is not None else await wallet_screen(visitor, ctx, CardsBy())


@router.callback_query(Tapped(Have))
async def have(query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: Have) -> Screen:
    shown = await open_offer(ctx.clock(), callback_data.offer)
    expect(visitor, NUMBER, offer=shown.id)
    return have_prompt(visitor.words, shown, await plastic_example(shown.brand.program))


@router.message(Typed(NUMBER))
async def number_typed(message: Message, visitor: Visitor, ctx: Context) -> Reply | Screen:
    typed = message.text or ""
    visitor.chat.awaiting = ""
    offer_id = int(visitor.chat.awaiting_data["offer"])
    shown = await open_offer(ctx.clock(), offer_id)
    program, read = shown.brand.program, PlasticNumber("".join(typed.split()))
    try:
        number = await as_plastic(ctx, program, read)
        check_number(program, number)
    except Refusal as refusal:
        if refusal.code is Code.TRY_LATER:
            return await try_again(visitor, ctx, shown, read)
        if refusal.code is not Code.INVALID_NUMBER:
            raise
        expect(visitor, NUMBER, offer=shown.id)
        return have_prompt(
            visitor.words, shown, await plastic_example(program), typed=typed[:LONGEST_SHOWN]
        )
    return await bring_in(visitor, ctx, message.from_user, shown, number)
