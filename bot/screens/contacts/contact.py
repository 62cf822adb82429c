"""Contacts: where they stand, typing a number, the code, somebody else's number."""

from datetime import datetime

from backend.customers.contacts.contacts import ContactView
from backend.platform.words import Translator
from bot.screens.issue.assigned import on_button
from bot.screens.parts import back_button, escape, home_button, primary
from bot.screens.screen import Ask, AskKeyboard, Button, Rows, Screen
from bot.taps.contacts import (
    ChangeEmail,
    ChangePhone,
    Contacts,
    EnterCode,
    MineNow,
    ResendCode,
    ResendLink,
    SendCode,
    TypePhone,
)
from bot.taps.home import OpenSettings
from catalog.days import time_here
from catalog.questions.phone import phone_in_words


def contacts(words: Translator, views: list[ContactView], *, assigned: bool = False) -> Screen:
    """`assigned`: the person is on the way to an assigned card."""
    lines = [words.html("contacts-title"), "", *(_line(words, view) for view in views)]
    lines += [
        words.html(f"contacts-waiting-{view.kind.value}", value=phone_in_words(view.waiting))
        for view in views
        if view.waiting
    ]
    lines += ["", words.html("contacts-about")]
    rows: Rows = tuple(row for view in views for row in _rows(words, view))
    on: Rows = ((on_button(words),),) if assigned else ()
    back = (back_button(words, OpenSettings().pack()), home_button(words))
    return Screen("\n".join(lines), (*on, *rows, back))


def _line(words: Translator, view: ContactView) -> str:
    if not view.value:
        value, status = words("contacts-none"), ""
        return words.html(f"contacts-{view.kind.value}", value=value, status=status).rstrip(" —")
    status = words("contacts-verified" if view.verified else "contacts-not-verified")
    return words.html(
        f"contacts-{view.kind.value}", value=phone_in_words(view.value), status=status
    )


def _rows(words: Translator, view: ContactView) -> Rows:
    kind = view.kind.value
    label = words(f"contacts-{'change' if view.value else 'add'}-{kind}")
    if kind == "phone":
        change = Button(label, tap=ChangePhone().pack())
        code = primary(words("contacts-enter-code"), EnterCode().pack())
        return ((code,), (change,)) if view.waiting else ((change,),)
    change = Button(label, tap=ChangeEmail().pack())
    again = Button(words("contacts-resend-email"), tap=ResendLink().pack())
    unconfirmed = view.value and not view.verified
    return ((again,), (change,)) if view.waiting or unconfirmed else ((change,),)


def ask_phone(words: Translator, wrong: str = "") -> Screen:
    """The contact button, or a typed number."""
    keyboard = AskKeyboard(
        Ask.CONTACT,
        words("question-phone-button"),
        words("contact-cancel"),
        placeholder=words("question-phone-placeholder"),
    )
    text = _warned(wrong, words.html("contact-phone-ask"))
    return Screen(text, keyboard=keyboard, fresh=True)


def type_phone(words: Translator, back: str, wrong: str = "") -> Screen:
    text = _warned(wrong, words.html("contact-phone-type"))
    return Screen(text, ((back_button(words, back), home_button(words)),), fresh=True)


def send_code(words: Translator, phone: str, back: str) -> Screen:
    """The number as it was understood, before an SMS leaves. `phone`: E.164."""
    shown = phone_in_words(phone)
    send = SendCode(phone=phone.removeprefix("+")).pack()
    rows = (
        (primary(words("contact-phone-send"), send),),
        (Button(words("contact-phone-mend"), tap=TypePhone().pack()),),
        (back_button(words, back), home_button(words)),
    )
    return Screen(words.html("contact-phone-sure", phone=shown), rows, fresh=True)


def enter_code(
    words: Translator,
    phone: str,
    now: datetime,
    resend_at: datetime,
    expires_at: datetime,
    *,
    back: str,
    wrong: str = "",
) -> Screen:
    """`wrong` stands above; the time of the next SMS is shown while it is too early, in the
    zone of `now`."""
    minutes = max(1, round((expires_at - now).total_seconds() / 60))
    text = _warned(
        wrong, words.html("contact-code-ask", phone=phone_in_words(phone), minutes=minutes)
    )
    wait = (resend_at - now).total_seconds()
    if wait > 0:
        time = time_here(now, resend_at)
        text += "\n\n" + words.html("contact-code-resend-at", seconds=round(wait), time=time)
    rows = (
        (Button(words("contact-code-resend"), tap=ResendCode().pack()),),
        (Button(words("contact-code-other"), tap=TypePhone().pack()),),
        (back_button(words, back), home_button(words)),
    )
    return Screen(text, rows, fresh=True)


def code_over(words: Translator, why: str, back: str) -> Screen:
    """The code no longer works: ask for another one."""
    rows = (
        (primary(words("contact-code-resend"), ResendCode().pack()),),
        (Button(words("contact-code-other"), tap=TypePhone().pack()),),
        (back_button(words, back), home_button(words)),
    )
    return Screen(f"⚠️ {escape(why)}", rows, fresh=True)


def taken(words: Translator, verification: int, back: str) -> Screen:
    """Somebody else's so far: say plainly what «mine now» does."""
    rows = (
        (primary(words("contact-taken-mine"), MineNow(verification=verification).pack()),),
        (Button(words("contact-taken-not"), tap=TypePhone().pack()),),
        (back_button(words, back), home_button(words)),
    )
    return Screen(words.html("contact-taken-phone"), rows, fresh=True)


def ask_email(words: Translator, wrong: str = "") -> Screen:
    text = _warned(wrong, words.html("contact-email-ask"))
    back = (back_button(words, Contacts().pack()), home_button(words))
    return Screen(text, (back,), fresh=bool(wrong))


def _warned(wrong: str, text: str) -> str:
    return f"⚠️ {escape(wrong)}\n\n{text}" if wrong else text
