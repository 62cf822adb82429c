"""Confirm a phone: by the contact button, or by a code to a typed number. The same steps in a
questionnaire that asks for it and in the settings."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message, User

from backend.cards.issue.answer_questions import asks_phone, current_application, phone_proven
from backend.cards.issue.application import open_application_of
from backend.cards.pocket.expiry import zone_of
from backend.customers.contacts.verify_ask import (
    Asked,
    ask_again,
    ask_code,
    is_confirmed,
    last_asked,
    number_for_code,
)
from backend.customers.contacts.verify_code import CODE_DIGITS, check_code, digits_of
from backend.customers.contacts.verify_settle import Proof, prove_by_button, take_over
from backend.platform.context import Context
from bot import taps
from bot.handlers.contacts.contacts import contacts_screen
from bot.handlers.home.awaiting import CODE, PHONE, Awaiting, Typed, expect
from bot.handlers.issue.application import application_screen
from bot.screens.contacts.contact import (
    ask_phone,
    code_over,
    enter_code,
    send_code,
    taken,
    type_phone,
)
from bot.screens.refusals import reason
from bot.screens.screen import Alert, Reply, Screen
from bot.tapped import Tapped
from bot.visitor import Visitor
from bot.words import Translator
from models.contact import ContactKind
from models.refusal import Code, Refusal

router = Router(name="contact_phone")


def contact_problem(words: Translator, message: Message) -> str:
    """Why a shared contact is no proof; empty when it is one. Accepted only when it is the
    sender's own and came straight from the button: Telegram fills in the user_id itself."""
    contact = message.contact
    if contact is None or message.forward_origin is not None:
        return words("answer-contact-forwarded")
    if message.from_user is None or contact.user_id != message.from_user.id:
        return words("answer-contact-not-own")
    return ""


@router.callback_query(Tapped(taps.ChangePhone))
async def change(query: CallbackQuery, visitor: Visitor) -> Screen:
    expect(visitor, PHONE)
    return ask_phone(visitor.words)


@router.callback_query(Tapped(taps.TypePhone))
async def type_tap(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Screen:
    expect(visitor, PHONE)
    return type_phone(visitor.words, await _back(visitor))


def type_phone_screen(visitor: Visitor) -> Screen:
    """From the questionnaire."""
    expect(visitor, PHONE)
    return type_phone(visitor.words, taps.PhoneAsked().pack())


async def _back(visitor: Visitor) -> str:
    standing = await open_application_of(visitor.customer)
    return (taps.Contacts() if standing is None else taps.PhoneAsked()).pack()


@router.message(F.contact, Awaiting(PHONE, CODE))
async def phone_shared(message: Message, visitor: Visitor, ctx: Context) -> Reply | Screen:
    return await take_shared(visitor, ctx, message)


async def take_shared(visitor: Visitor, ctx: Context, message: Message) -> Reply | Screen:
    """The contact button."""
    wrong = contact_problem(visitor.words, message)
    if not wrong and message.contact is not None:
        try:
            proof = await prove_by_button(ctx, visitor.customer, message.contact.phone_number)
        except Refusal as refusal:
            wrong = phone_problem(visitor.words, refusal)
        else:
            return await _proven(visitor, ctx, message.from_user, proof, told="")
    expect(visitor, PHONE)
    return ask_phone(visitor.words, wrong)


@router.message(Typed(PHONE))
async def phone_typed(message: Message, visitor: Visitor, ctx: Context) -> Reply | Screen:
    visitor.chat.awaiting = ""
    return await take_number(visitor, ctx, message)


async def take_number(visitor: Visitor, ctx: Context, message: Message) -> Reply | Screen:
    """A typed number is shown as it was understood; the code leaves after a tap. The code itself
    may be typed here too."""
    words, typed = visitor.words, message.text or ""
    if typed == words("contact-cancel"):
        return await contacts_screen(visitor, ctx)
    asked = await last_asked(ctx, visitor.customer, ContactKind.PHONE, alive=True)
    if asked is not None and _like_a_code(typed):
        return await _take_code(visitor, ctx, message)
    try:
        phone = await number_for_code(ctx, visitor.customer, typed)
    except Refusal as refusal:
        expect(visitor, PHONE)
        return type_phone(words, await _back(visitor), phone_problem(words, refusal))
    if await is_confirmed(ctx, visitor.customer, phone):
        return await _go_on(visitor, ctx, message.from_user, "contact-phone-known")
    if asked is not None and asked.value == phone:
        return await _code_screen(visitor, ctx, asked)
    expect(visitor, PHONE)
    return send_code(words, phone, await _back(visitor))


def _like_a_code(typed: str) -> bool:
    digits = digits_of(typed)
    return len(digits) == CODE_DIGITS and digits.isascii() and digits.isdigit()


def phone_problem(words: Translator, refusal: Refusal) -> str:
    """Why no code goes to a number, in words."""
    if refusal.code is not Code.INVALID_ANSWER:
        return reason(words, refusal)
    return words(f"contact-phone-{str(refusal.details['why']).replace('_', '-')}")


@router.callback_query(Tapped(taps.SendCode))
async def send(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.SendCode
) -> Reply | Screen:
    """A second tap finds the code that is on its way, and sends none."""
    phone = f"+{callback_data.phone}"
    if await is_confirmed(ctx, visitor.customer, phone):
        return await _go_on(visitor, ctx, query.from_user, "contact-phone-known")
    asked = await last_asked(ctx, visitor.customer, ContactKind.PHONE, alive=True)
    if asked is not None and asked.value == phone:
        return await _code_screen(visitor, ctx, asked)
    try:
        asked = await ask_code(ctx, visitor.customer, phone)
    except Refusal as refusal:
        expect(visitor, PHONE)
        wrong = phone_problem(visitor.words, refusal)
        return type_phone(visitor.words, await _back(visitor), wrong)
    return await _code_screen(visitor, ctx, asked)


@router.callback_query(Tapped(taps.PhoneAsked))
async def phone_asked(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Reply | Screen:
    if await open_application_of(visitor.customer) is None:
        return await contacts_screen(visitor, ctx)
    return await application_screen(visitor, ctx, query.from_user)


async def _code_screen(visitor: Visitor, ctx: Context, asked: Asked, wrong: str = "") -> Screen:
    expect(visitor, CODE)
    return enter_code(
        visitor.words,
        asked.value,
        ctx.clock().astimezone(await zone_of(visitor.customer)),
        asked.resend_at,
        asked.expires_at,
        back=await _back(visitor),
        wrong=wrong,
    )


@router.callback_query(Tapped(taps.EnterCode))
async def enter(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Screen:
    asked = await last_asked(ctx, visitor.customer, ContactKind.PHONE, alive=True)
    if asked is None:
        return await contacts_screen(visitor, ctx)
    return await _code_screen(visitor, ctx, asked)


@router.callback_query(Tapped(taps.ResendCode))
async def resend(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Reply:
    try:
        asked = await ask_again(ctx, visitor.customer, ContactKind.PHONE)
    except Refusal as refusal:
        standing = await last_asked(ctx, visitor.customer, ContactKind.PHONE, alive=True)
        if standing is not None:
            expect(visitor, CODE)
        return Reply(alert=Alert(phone_problem(visitor.words, refusal)))
    told = Alert(visitor.words("contact-code-sent-again"), modal=False)
    return Reply(screen=await _code_screen(visitor, ctx, asked), alert=told)


@router.message(Typed(CODE))
async def code_typed(message: Message, visitor: Visitor, ctx: Context) -> Reply | Screen:
    visitor.chat.awaiting = ""
    return await _take_code(visitor, ctx, message)


async def _take_code(visitor: Visitor, ctx: Context, message: Message) -> Reply | Screen:
    asked = await last_asked(ctx, visitor.customer, ContactKind.PHONE, alive=True)
    digits = digits_of(message.text or "")
    if asked is not None and not (digits.isascii() and digits.isdigit()):
        return await _code_screen(visitor, ctx, asked, visitor.words("contact-code-digits"))
    if asked is not None and len(digits) != CODE_DIGITS:
        return await _code_screen(visitor, ctx, asked, visitor.words("contact-code-digits"))
    try:
        proof = await check_code(ctx, visitor.customer, digits)
    except Refusal as refusal:
        wrong = reason(visitor.words, refusal)
        if refusal.code is Code.WRONG_CODE and asked is not None:
            return await _code_screen(visitor, ctx, asked, wrong)
        return code_over(visitor.words, wrong, await _back(visitor))
    return await _proven(visitor, ctx, message.from_user, proof)


async def _proven(
    visitor: Visitor,
    ctx: Context,
    person: User | None,
    proof: Proof,
    told: str = "contact-phone-done",
) -> Reply | Screen:
    if proof.taken:
        return taken(visitor.words, proof.verification_id, await _back(visitor))
    return await _go_on(visitor, ctx, person, told)


@router.callback_query(Tapped(taps.MineNow))
async def mine_now(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.MineNow
) -> Reply | Screen:
    """A refusal (the proof is too old) is shown like any other."""
    await take_over(ctx, visitor.customer, callback_data.verification)
    return await _go_on(visitor, ctx, query.from_user, "contact-moved-phone")


async def _go_on(visitor: Visitor, ctx: Context, person: User | None, key: str) -> Reply | Screen:
    """On with the questionnaire that asked for the phone, or to «My contacts»."""
    told = Alert(visitor.words(key), modal=False) if key else None
    if await open_application_of(visitor.customer) is not None:
        current = await current_application(ctx, visitor.customer)
        if asks_phone(current):
            moved = await phone_proven(ctx, visitor.customer, current)
            shown = await application_screen(visitor, ctx, person, moved)
            return shown if isinstance(shown, Reply) else Reply(screen=shown, alert=told)
    return Reply(screen=await contacts_screen(visitor, ctx), alert=told)
