"""Confirm a phone: by the contact button, or by a code to a typed number. The same steps in a
questionnaire that asks for it and in the settings."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from backend.cards.issue.application import open_application_of
from backend.customers.contacts.prove_phone import code_on_its_way, number_agreed
from backend.customers.contacts.verify_ask import ask_again
from backend.customers.contacts.verify_settle import take_over
from backend.platform.context import Context
from bot.awaiting import CODE, PHONE, Awaiting, Typed, expect
from bot.screens.contacts.contact import ask_phone, type_phone
from bot.screens.screen import Alert, Reply, Screen
from bot.tapped import Tapped
from bot.taps.contacts import (
    ChangePhone,
    EnterCode,
    MineNow,
    PhoneAsked,
    ResendCode,
    SendCode,
    TypePhone,
)
from bot.views.contacts import (
    back_of_phone,
    code_screen,
    contacts_screen,
    go_on,
    phone_problem,
    phone_refused,
    step_screen,
    take_code,
    take_number,
    take_shared,
)
from bot.views.issue import application_screen
from bot.visitor import Visitor
from models.contact import ContactKind
from models.refusal import Refusal

router = Router(name="contact_phone")


@router.callback_query(Tapped(ChangePhone))
async def change(query: CallbackQuery, visitor: Visitor) -> Screen:
    expect(visitor, PHONE)
    return ask_phone(visitor.words)


@router.callback_query(Tapped(TypePhone))
async def type_tap(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Screen:
    expect(visitor, PHONE)
    return type_phone(visitor.words, await back_of_phone(visitor))


@router.message(F.contact, Awaiting(PHONE, CODE))
async def phone_shared(message: Message, visitor: Visitor, ctx: Context) -> Reply | Screen:
    return await take_shared(visitor, ctx, message)


@router.message(Typed(PHONE))
async def phone_typed(message: Message, visitor: Visitor, ctx: Context) -> Reply | Screen:
    visitor.chat.awaiting = ""
    return await take_number(visitor, ctx, message)


@router.callback_query(Tapped(SendCode))
async def send(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: SendCode
) -> Reply | Screen:
    """A second tap finds the code that is on its way, and sends none."""
    try:
        step = await number_agreed(ctx, visitor.customer, f"+{callback_data.phone}")
    except Refusal as refusal:
        return await phone_refused(visitor, refusal)
    return await step_screen(visitor, ctx, query.from_user, step)


@router.callback_query(Tapped(PhoneAsked))
async def phone_asked(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Reply | Screen:
    if await open_application_of(visitor.customer) is None:
        return await contacts_screen(visitor, ctx)
    return await application_screen(visitor, ctx, query.from_user)


@router.callback_query(Tapped(EnterCode))
async def enter(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Screen:
    asked = await code_on_its_way(ctx, visitor.customer)
    if asked is None:
        return await contacts_screen(visitor, ctx)
    return await code_screen(visitor, ctx, asked)


@router.callback_query(Tapped(ResendCode))
async def resend(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Reply:
    try:
        asked = await ask_again(ctx, visitor.customer, ContactKind.PHONE)
    except Refusal as refusal:
        if await code_on_its_way(ctx, visitor.customer) is not None:
            expect(visitor, CODE)
        return Reply(alert=Alert(phone_problem(visitor.words, refusal)))
    told = Alert(visitor.words("contact-code-sent-again"), modal=False)
    return Reply(screen=await code_screen(visitor, ctx, asked), alert=told)


@router.message(Typed(CODE))
async def code_typed(message: Message, visitor: Visitor, ctx: Context) -> Reply | Screen:
    visitor.chat.awaiting = ""
    return await take_code(visitor, ctx, message)


@router.callback_query(Tapped(MineNow))
async def mine_now(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: MineNow
) -> Reply | Screen:
    """A refusal (the proof is too old) is shown like any other."""
    await take_over(ctx, visitor.customer, callback_data.verification)
    return await go_on(visitor, ctx, query.from_user, "contact-moved-phone")
