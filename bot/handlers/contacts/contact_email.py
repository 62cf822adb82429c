"""Change the e-mail address; send the letter again."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from backend.customers.contacts.change_email import change_email
from backend.customers.contacts.contacts import my_contacts
from backend.customers.contacts.verify_ask import ask_again, ask_link
from backend.platform.context import Context
from bot.awaiting import EMAIL, Typed, expect
from bot.screens.contacts.contact import ask_email
from bot.screens.refusals import reason
from bot.screens.screen import Alert, Reply, Screen
from bot.tapped import Tapped
from bot.taps.contacts import ChangeEmail, ResendLink
from bot.views.contacts import contacts_screen
from bot.visitor import Visitor
from catalog.questions.parse_answer import Hint, parse_answer
from catalog.questions.question import FieldType, QuestionnaireField
from models.contact import ContactKind
from models.refusal import Refusal

router = Router(name="contact_email")
_FIELD = QuestionnaireField(key="email", type=FieldType.EMAIL, required=True)


@router.callback_query(Tapped(ChangeEmail))
async def change(query: CallbackQuery, visitor: Visitor) -> Screen:
    expect(visitor, EMAIL)
    return ask_email(visitor.words)


@router.message(Typed(EMAIL))
async def email_typed(message: Message, visitor: Visitor, ctx: Context) -> Reply | Screen:
    visitor.chat.awaiting = ""
    try:
        address = parse_answer(_FIELD, message.text or "", ctx.clock().date())
        asked = await change_email(ctx, visitor.customer, address)
    except Hint as hint:
        return _again(visitor, visitor.words(hint.key, **hint.values))
    except Refusal as refusal:
        return _again(visitor, reason(visitor.words, refusal))
    key = "contact-email-sent" if asked is not None else "contact-email-confirmed-already"
    told = visitor.words(key, value=address)
    return Reply(screen=await contacts_screen(visitor, ctx), alert=Alert(told, modal=False))


def _again(visitor: Visitor, wrong: str) -> Screen:
    expect(visitor, EMAIL)
    return ask_email(visitor.words, wrong)


@router.callback_query(Tapped(ResendLink))
async def resend(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Reply:
    try:
        told = Alert(visitor.words("contact-email-sent", value=await _resend(visitor, ctx)))
    except Refusal as refusal:
        told = Alert(reason(visitor.words, refusal))
    return Reply(screen=await contacts_screen(visitor, ctx), alert=told)


async def _resend(visitor: Visitor, ctx: Context) -> str:
    """To the address that waits for its confirmation; to the one that is kept when none does."""
    views = {view.kind: view for view in await my_contacts(ctx, visitor.customer)}
    kept = views[ContactKind.EMAIL]
    if kept.value and not kept.verified and not kept.waiting:
        return (await ask_link(ctx, visitor.customer, kept.value)).value
    return (await ask_again(ctx, visitor.customer, ContactKind.EMAIL)).value
