"""«My contacts», and a phone on its way to being confirmed: by the contact button, or by a code to
a typed number. The same steps in a questionnaire that asks for it and in the settings."""

from aiogram.types import Message, User

from backend.cards.issue.answer_questions import asks_phone, phone_proven
from backend.cards.issue.application import current_application, open_application_of
from backend.cards.pocket.expiry import zone_of
from backend.customers.contacts.contacts import my_contacts
from backend.customers.contacts.prove_phone import (
    PhoneStep,
    Step,
    code_on_its_way,
    is_whole_code,
    number_typed,
)
from backend.customers.contacts.verify_ask import Asked
from backend.customers.contacts.verify_code import check_code, digits_of
from backend.customers.contacts.verify_settle import Proof, prove_by_button
from backend.platform.context import Context
from backend.platform.words import Translator
from bot.awaiting import CODE, PHONE, expect
from bot.screens.contacts.contact import (
    ask_phone,
    code_over,
    contacts,
    enter_code,
    send_code,
    taken,
    type_phone,
)
from bot.screens.refusals import reason
from bot.screens.screen import Alert, Reply, Screen
from bot.taps.contacts import Contacts, PhoneAsked
from bot.views.assigned import assigned_on
from bot.views.issue import application_screen
from bot.visitor import Visitor
from models.refusal import Code, Refusal


async def contacts_screen(visitor: Visitor, ctx: Context) -> Screen:
    views, waits = await my_contacts(ctx, visitor.customer), visitor.chat.came_for is not None
    return contacts(visitor.words, views, assigned=waits)


def contact_problem(words: Translator, message: Message) -> str:
    """Why a shared contact is no proof; empty when it is one. Accepted only when it is the
    sender's own and came straight from the button: Telegram fills in the user_id itself."""
    contact = message.contact
    if contact is None or message.forward_origin is not None:
        return words("answer-contact-forwarded")
    if message.from_user is None or contact.user_id != message.from_user.id:
        return words("answer-contact-not-own")
    return ""


def type_phone_screen(visitor: Visitor) -> Screen:
    """From the questionnaire."""
    expect(visitor, PHONE)
    return type_phone(visitor.words, PhoneAsked().pack())


async def back_of_phone(visitor: Visitor) -> str:
    standing = await open_application_of(visitor.customer)
    return (Contacts() if standing is None else PhoneAsked()).pack()


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


async def take_number(visitor: Visitor, ctx: Context, message: Message) -> Reply | Screen:
    """A typed number is shown as it was understood; the code leaves after a tap. The code itself
    may be typed here too."""
    words, typed = visitor.words, message.text or ""
    if typed == words("contact-cancel"):
        return await contacts_screen(visitor, ctx)
    try:
        step = await number_typed(ctx, visitor.customer, typed)
    except Refusal as refusal:
        return await phone_refused(visitor, refusal)
    if step.step is Step.CODE_TYPED:
        return await take_code(visitor, ctx, message)
    return await step_screen(visitor, ctx, message.from_user, step)


async def step_screen(
    visitor: Visitor, ctx: Context, person: User | None, step: PhoneStep
) -> Reply | Screen:
    """What stands next on the way of a typed number."""
    if step.step is Step.CONFIRMED:
        return await go_on(visitor, ctx, person, "contact-phone-known")
    if step.asked is not None:
        return await code_screen(visitor, ctx, step.asked)
    expect(visitor, PHONE)
    return send_code(visitor.words, step.phone, await back_of_phone(visitor))


async def phone_refused(visitor: Visitor, refusal: Refusal) -> Screen:
    """Why no code goes to the number, and room for another."""
    expect(visitor, PHONE)
    wrong = phone_problem(visitor.words, refusal)
    return type_phone(visitor.words, await back_of_phone(visitor), wrong)


def phone_problem(words: Translator, refusal: Refusal) -> str:
    """Why no code goes to a number, in words."""
    if refusal.code is not Code.INVALID_ANSWER:
        return reason(words, refusal)
    return words(f"contact-phone-{str(refusal.details['why']).replace('_', '-')}")


async def code_screen(visitor: Visitor, ctx: Context, asked: Asked, wrong: str = "") -> Screen:
    expect(visitor, CODE)
    return enter_code(
        visitor.words,
        asked.value,
        ctx.clock().astimezone(await zone_of(visitor.customer)),
        asked.resend_at,
        asked.expires_at,
        back=await back_of_phone(visitor),
        wrong=wrong,
    )


async def take_code(visitor: Visitor, ctx: Context, message: Message) -> Reply | Screen:
    asked, typed = await code_on_its_way(ctx, visitor.customer), message.text or ""
    if asked is not None and not is_whole_code(typed):
        return await code_screen(visitor, ctx, asked, visitor.words("contact-code-digits"))
    try:
        proof = await check_code(ctx, visitor.customer, digits_of(typed))
    except Refusal as refusal:
        wrong = reason(visitor.words, refusal)
        if refusal.code is Code.WRONG_CODE and asked is not None:
            return await code_screen(visitor, ctx, asked, wrong)
        return code_over(visitor.words, wrong, await back_of_phone(visitor))
    return await _proven(visitor, ctx, message.from_user, proof)


async def _proven(
    visitor: Visitor,
    ctx: Context,
    person: User | None,
    proof: Proof,
    told: str = "contact-phone-done",
) -> Reply | Screen:
    if proof.taken:
        return taken(visitor.words, proof.verification_id, await back_of_phone(visitor))
    return await go_on(visitor, ctx, person, told)


async def go_on(visitor: Visitor, ctx: Context, person: User | None, key: str) -> Reply | Screen:
    """On with the questionnaire that asked for the phone or with the assigned card that the person
    came for, or to «My contacts»."""
    told = Alert(visitor.words(key), modal=False) if key else None
    if await open_application_of(visitor.customer) is not None:
        current = await current_application(ctx, visitor.customer)
        if asks_phone(current):
            moved = await phone_proven(ctx, visitor.customer, current)
            shown = await application_screen(visitor, ctx, person, moved)
            return shown if isinstance(shown, Reply) else Reply(screen=shown, alert=told)
    assigned = await assigned_on(visitor, ctx, person)
    if assigned is not None:
        return assigned if isinstance(assigned, Reply) else Reply(screen=assigned, alert=told)
    return Reply(screen=await contacts_screen(visitor, ctx), alert=told)
