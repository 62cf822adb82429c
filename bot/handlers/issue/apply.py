"""«Issue» and «I already have this card»."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message, User

from backend.cards.issue.apply import apply_for
from backend.cards.plastic.fitting import as_plastic, plastic_example
from backend.cards.plastic.plastic_number import PlasticNumber, check_number
from backend.cards.plastic.seen_card import SeenCard, keep_finding
from backend.cards.plastic.whose_number import whose_card
from backend.cards.pocket.wallet import card_of_program
from backend.platform.context import Context
from bot import taps
from bot.handlers.home.awaiting import NUMBER, Typed, expect
from bot.handlers.issue.application import application_screen, resumed_screen
from bot.screens.browse.offer import have_prompt
from bot.screens.refusals import again_screen
from bot.screens.screen import Reply, Screen
from bot.tapped import Tapped
from bot.visitor import Visitor
from catalog.browse import open_offer
from models.offer import Offer
from models.refusal import Code, Refusal

router = Router(name="apply")
LONGEST_SHOWN = 60


@router.callback_query(Tapped(taps.Issue))
async def issue(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.Issue
) -> Reply | Screen:
    source = visitor.chat.landed.get(str(callback_data.offer), "")
    await apply_for(ctx, visitor.customer, [callback_data.offer], source=source)
    return await resumed_screen(visitor, ctx, query.from_user)


@router.callback_query(Tapped(taps.Have))
async def have(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.Have
) -> Screen:
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
            return await _again(visitor, ctx, shown, read, refusal)
        if refusal.code is not Code.INVALID_NUMBER:
            raise
        expect(visitor, NUMBER, offer=shown.id)
        return have_prompt(
            visitor.words, shown, await plastic_example(program), typed=typed[:LONGEST_SHOWN]
        )
    return await bring_in(visitor, ctx, message.from_user, shown, number)


async def _again(
    visitor: Visitor,
    ctx: Context,
    shown: Offer,
    read: PlasticNumber,
    refusal: Refusal,
    finding: int | None = None,
) -> Screen:
    """The number is kept for the button, so that nobody types it twice."""
    if finding is None:
        seen = SeenCard(read.number, read.value, read.format.value if read.format else "")
        finding = await keep_finding(ctx, visitor.customer, seen)
    tap = taps.AddTo(finding=finding, offer=shown.id).pack()
    return again_screen(visitor.words, refusal, tap)


async def bring_in(
    visitor: Visitor,
    ctx: Context,
    person: User | None,
    shown: Offer,
    number: PlasticNumber,
    finding: int | None = None,
) -> Reply | Screen:
    """A plastic card on its way into the pocket, if it is this person's: the questions that are
    left, then the consents; a button to try again while the brand's system is silent. `finding`:
    where the number is kept already. Refuses like whose_card and apply_for."""
    program = shown.brand.program
    held = await card_of_program(visitor.customer, program.id)
    if held is not None:
        raise Refusal(Code.CARD_EXISTS, about=held.id)
    try:
        number = await as_plastic(ctx, program, number)
        await whose_card(ctx, visitor.customer, program, number)
    except Refusal as refusal:
        if refusal.code is not Code.TRY_LATER:
            raise
        return await _again(visitor, ctx, shown, number, refusal, finding)
    source = visitor.chat.landed.get(str(shown.id), "")
    typed = {program.id: number}
    await apply_for(ctx, visitor.customer, [shown.id], typed_numbers=typed, source=source)
    return await application_screen(visitor, ctx, person)
