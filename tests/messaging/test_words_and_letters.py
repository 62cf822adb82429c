"""The words of a message as each channel writes them, and a letter line by line."""

import re
from datetime import UTC, datetime
from email.headerregistry import Address
from typing import Any

import pytest

from backend.messaging.channel import Handed, Unreachable
from backend.messaging.email.letter import Letter, LetterRefused, build, one_line
from backend.messaging.email.send import EmailChannel
from backend.messaging.email.settings import letter_pages
from backend.messaging.handover import CardAddress, Handover, PersonAddress
from backend.messaging.sms.send import SmsChannel
from backend.messaging.wording import html_of, label_of, text_of
from backend.platform.failures import GiveUp
from models.message import Message
from models.message_purpose import MessagePurpose
from tests.support.clock import START, StoppedClock
from tests.support.edge.phones import BASE_URL, SENDER, Mailboxes, Phones

SERVICE = MessagePurpose.SERVICE
WELCOME = {"brand": "Кофе & Ко <3", "number": "17"}


def row(kind: str = "welcome-card", **more: Any) -> Message:
    given: dict[str, Any] = {"once": "hello:1", "kind": kind, "purpose": SERVICE, "data": WELCOME}
    return Message(**(given | more))


def test_values_are_escaped_where_markup_is_read_and_bare_where_it_is_not() -> None:
    assert html_of(row(), "en").startswith("🎉 Your <b>Кофе &amp; Ко &lt;3</b> card is ready.")
    assert text_of(row(), "en") == (
        "🎉 Your Кофе & Ко <3 card is ready. Number: 17"
        " Show the barcode at the till. The card is always in /cards."
    )
    assert html_of(row(data={"brand": 'K"', "number": "1"}), "ru").count('"') == 1
    assert "карта" in html_of(row(), "ru").lower()


def test_a_number_is_a_number_and_what_is_no_value_is_no_value() -> None:
    message = row("card-expires", data={"name": "Чай", "days": 1, "ids": [1], "action": "x"})
    assert html_of(message, "en") == "⏳ The card <b>Чай</b> ends soon: 1 day left."
    assert html_of(row("card-expires", data={"name": "Чай", "days": 0}), "en").endswith(
        "today is the last day."
    )


def test_secrets_stand_in_the_place_of_what_is_written_down() -> None:
    message = row("sms-code", data={"code": "••••••"})
    assert "code 123456 for" in text_of(message, "en", {"code": "123456"})
    assert "code •••••• for" in text_of(message, "en")
    assert "<b>" not in html_of(message, "en", {"code": "<b>"})


def test_a_body_is_given_word_for_word_and_has_no_values() -> None:
    message = row(body="<b>Чай</b>\n{ $brand } <script>x</script>& кофе")
    assert html_of(message, "ru") == "<b>Чай</b>\n{ $brand } &amp; кофе"
    assert text_of(message, "ru", {"brand": "A"}) == "Чай { $brand } & кофе"


def test_buttons_and_subjects_are_in_the_persons_language() -> None:
    assert label_of(row(), "ru", "button") == "Показать карту"
    assert label_of(row(), "en", "button") == "Show the card"
    assert label_of(row(), "de", "button") == "Show the card"
    assert label_of(row("email-confirm"), "en", "subject") == (
        "Confirm your address for loyalty cards"
    )


async def test_an_sms_is_the_words_alone() -> None:
    phones = Phones()
    message = row("sms-code", data={"code": "•"})
    handover = Handover(message, "en", PersonAddress("+79161234567"), {"code": "123456"})
    assert await SmsChannel(phones).send(handover) == Handed("1", 289)
    assert phones.sms == [("+79161234567", text_of(message, "en", {"code": "123456"}))]
    for nobody in (None, CardAddress(7)):
        with pytest.raises(Unreachable, match="no confirmed phone") as told:
            await SmsChannel(phones).send(Handover(message, "en", nobody))
        assert not told.value.gone


def channel(mail: Mailboxes) -> EmailChannel:
    return EmailChannel(mail, BASE_URL, letter_pages(), SENDER, StoppedClock())


def to_anna(message: Message, **more: Any) -> Handover:
    return Handover(message, "en", PersonAddress("anna@example.ru"), **more)


def test_a_letter_says_its_words_its_button_and_who_writes() -> None:
    message = row(data={**WELCOME, "subject": "Your card", "action": "open_card 7"})
    letter = channel(Mailboxes()).letter(to_anna(message))
    assert (letter.to, letter.subject, letter.unsubscribe) == ("anna@example.ru", "Your card", "")
    assert letter.text == (
        "🎉 Your Кофе & Ко <3 card is ready. Number: 17\n\n"
        "Show the barcode at the till. The card is always in /cards.\n\n"
        f"Show the card:\n{BASE_URL}/do/open_card-7\n\n"
        "-- \nKarman: loyalty cards in one pocket.\n"
    )
    assert letter.html.count('<p style="margin:0 0 16px">') == 2
    assert "<b>Кофе &amp; Ко &lt;3</b>" in letter.html
    assert '<html lang="en">' in letter.html
    assert "Unsubscribe" not in letter.html + letter.text


def test_a_letter_without_anything_to_open_has_no_button() -> None:
    letter = channel(Mailboxes()).letter(to_anna(row(data={**WELCOME, "subject": "Card"})))
    assert "<a " not in letter.html
    assert "http" not in letter.text


def test_the_link_of_a_letter_is_secret_and_goes_before_an_action() -> None:
    message = row("email-confirm", data={"action": "open_contacts"})
    letters = channel(Mailboxes())
    open_one = letters.letter(to_anna(message))
    assert f"Confirm the address:\n{BASE_URL}/do/open_contacts" in open_one.text
    secret = letters.letter(to_anna(message, secrets={"path": "/e/t0ken"}))
    assert f"Confirm the address:\n{BASE_URL}/e/t0ken" in secret.text
    assert "/do/" not in secret.text + secret.html
    assert secret.subject == "Confirm your address for loyalty cards"


def test_a_letter_that_can_be_left_says_where() -> None:
    message = row(data={**WELCOME, "subject": "Tea", "action": "stop_ads 3"})
    letter = channel(Mailboxes()).letter(to_anna(message, leave="/c/1-3-f"))
    page = f"{BASE_URL}/c/1-3-f"
    assert letter.unsubscribe == page
    assert letter.text.endswith(f"Unsubscribe: {page}\n")
    assert f'<a href="{page}" ' in letter.html
    assert letter.html.count("<a ") == 1, "no button beside it"


def test_the_same_message_is_the_same_letter() -> None:
    letters = channel(Mailboxes())
    data = {**WELCOME, "subject": "Tea"}
    first, again, other = (
        letters.letter(to_anna(row(once=once, data=data))) for once in ("a", "a", "b")
    )
    assert first.ref == again.ref != other.ref
    assert re.fullmatch("[0-9a-f]{32}", first.ref)


async def test_who_has_no_mailbox_gets_no_letter() -> None:
    mail = Mailboxes()
    message = row(data={**WELCOME, "subject": "Tea"})
    for nobody in (None, CardAddress(7)):
        with pytest.raises(Unreachable, match="no confirmed e-mail address") as told:
            await channel(mail).send(Handover(message, "ru", nobody))
        assert not told.value.gone
    with pytest.raises(GiveUp, match="not an address"):
        await channel(mail).send(Handover(message, "ru", PersonAddress("anna")))
    with pytest.raises(GiveUp, match="unsubscribe page"):
        await channel(mail).send(to_anna(row(purpose=MessagePurpose.PROMO, data=message.data)))
    assert mail.letters == []


def letter(**more: str) -> Letter:
    given = {"to": "anna@example.ru", "subject": "Тема", "text": "a", "html": "<p>a</p>"}
    return Letter(**{**given, "ref": "abc", **more})


def test_a_letter_has_its_date_and_says_that_nobody_wrote_it() -> None:
    made = build(letter(), SENDER, datetime(2026, 11, 21, 9, tzinfo=UTC))
    assert str(made["Date"]) == "Sat, 21 Nov 2026 09:00:00 +0000"
    assert str(made["Auto-Submitted"]) == "auto-generated"
    assert (str(made["To"]), str(made["Message-ID"])) == (
        "anna@example.ru", "<abc@karman.example>",
    )  # fmt: skip
    assert made["List-Unsubscribe"] is None
    assert made["List-Unsubscribe-Post"] is None
    parts = [(part.get_content_type(), part.get_content()) for part in made.iter_parts()]
    assert parts == [("text/plain", "a\n"), ("text/html", "<p>a</p>\n")]
    bare = build(letter(), Address("", addr_spec="n@k.example"), START)
    assert str(bare["From"]) == "n@k.example"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Чай\r\nBcc: a@b.ru", "Чай Bcc: a@b.ru"),
        ("\tЧай \x7f\u2028", "Чай"),
        ("=?utf-8?q?=0d=0a?=", "= ?utf-8?q?=0d=0a?="),
        ("я" * 300, "я" * 200),
        ("", ""),
    ],
)
def test_a_name_or_subject_is_one_line_of_some_length(given: str, kept: str) -> None:
    assert one_line(given) == kept
    assert len(str(build(letter(subject=given), SENDER, START)["Subject"])) <= 200


@pytest.mark.parametrize(
    ("to", "fine"),
    [
        ("a@b", True),
        ("a.b+c=d_e-f@sub.example.ru", True),
        ("a" * 64 + "@example.ru", True),
        ("a" * 65 + "@example.ru", False),
        ("a@" + "b" * 255, True),
        ("a@" + "b" * 256, False),
        ("анна@example.ru", False),
        ("anna@пример.рф", False),
        ("anna@example.ru\n", False),
    ],
)
def test_an_address_is_one_that_mail_goes_to(to: str, fine: bool) -> None:
    if fine:
        assert build(letter(to=to), SENDER, START)["To"] is not None
        return
    with pytest.raises(LetterRefused, match="not an address that mail can be sent to"):
        build(letter(to=to), SENDER, START)


@pytest.mark.parametrize("page", ["http://k", "https://k.example/c/1-2-f?x=1"])
def test_a_way_out_is_said_to_mail_programs_too(page: str) -> None:
    made = build(letter(unsubscribe=page), SENDER, START)
    assert str(made["List-Unsubscribe"]) == f"<{page}>"
    assert str(made["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
    with pytest.raises(LetterRefused, match="unsubscribe page needs an address"):
        build(letter(unsubscribe=f"{page}>"), SENDER, START)
