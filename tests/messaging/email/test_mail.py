"""Letters to a real mail server that refuses like one, and names that try to add headers."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default

import pytest
from aiohttp import ClientSession
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from pydantic import SecretStr

from backend.messaging.channel import Handed, OutcomeUnknown, Unreachable
from backend.messaging.email.letter import Letter, LetterRefused, build
from backend.messaging.email.settings import email_channel
from backend.messaging.email.smtp.send import SmtpMailer
from backend.messaging.email.smtp.settings import smtp_mailer
from backend.messaging.handover import Handover, PersonAddress
from backend.platform.failures import GiveUp, NeedsSettings, TryLater
from backend.platform.secrets.vault import Vault
from backend.platform.settings import Settings, SettingsRefused, load_settings
from backend.platform.world.outside import mail_address, parse_imap, parse_smtp
from models.message import Message
from models.message_purpose import MessagePurpose
from tests.support.clock import START, StoppedClock
from tests.support.machine.servers import free_port

SENDER = Address("Карман", addr_spec="no-reply@karman.example")


@dataclass
class Postmaster:
    """Knows its mailboxes; greylists, fills up and hangs up when told to."""

    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802  aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("nobody"):
            return "550 5.1.1 <nobody@example.ru>: user unknown"
        if address.startswith("grey"):
            return "451 4.7.1 greylisted"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if envelope.rcpt_tos[0].startswith("spam"):
            return "554 5.7.1 looks like spam"
        if envelope.rcpt_tos[0].startswith("full"):
            return "452 4.2.2 mailbox full"
        if envelope.rcpt_tos[0].startswith("hang"):
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "250 OK"
        assert isinstance(envelope.content, bytes)
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        self.recipients.append(list(envelope.rcpt_tos))
        self.senders.append(str(envelope.mail_from))
        return "250 queued"


def authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
) -> AuthResult:
    assert isinstance(data, LoginPassword)
    known = (data.login, data.password) == (b"karman", b"s3cret")
    return AuthResult(success=known, handled=False)


@pytest.fixture
async def postmaster() -> AsyncIterator[tuple[Postmaster, str]]:
    """With the address of the server."""
    keeper = Postmaster()
    port = free_port()
    controller = Controller(
        keeper,
        hostname="127.0.0.1",
        port=port,
        authenticator=authenticate,
        auth_require_tls=False,
    )
    await asyncio.to_thread(controller.start)
    yield keeper, f"smtp://karman:s3cret@127.0.0.1:{port}?starttls=never"
    await asyncio.to_thread(controller.stop)


def mailer(url: str) -> SmtpMailer:
    return SmtpMailer(parse_smtp(url))


async def send(to: SmtpMailer, one: Letter, sender: Address = SENDER) -> Handed:
    """As the e-mail channel does it."""
    return await to.send(one, build(one, sender, START))


def letter(to: str = "anna@example.ru", **more: str) -> Letter:
    given = {"subject": "Подтвердите адрес", "text": "Привет", "html": "<p>Привет</p>"} | more
    return Letter(to=to, ref="abc", **given)


async def test_a_letter_arrives_with_both_parts(postmaster: tuple[Postmaster, str]) -> None:
    keeper, url = postmaster
    handed = await send(mailer(url), letter(unsubscribe="https://karman.example/c/t0ken"))
    arrived = keeper.letters[0]
    assert keeper.recipients == [["anna@example.ru"]]
    assert arrived["Subject"] == "Подтвердите адрес"
    assert str(arrived["From"]) == "Карман <no-reply@karman.example>"
    assert arrived["Message-ID"] == handed.provider_id == "<abc@karman.example>"
    assert arrived["List-Unsubscribe"] == "<https://karman.example/c/t0ken>"
    assert arrived["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    kinds = {part.get_content_type(): part.get_content().strip() for part in arrived.iter_parts()}
    assert kinds == {"text/plain": "Привет", "text/html": "<p>Привет</p>"}


async def test_a_letter_comes_back_to_where_the_operator_says(
    postmaster: tuple[Postmaster, str],
) -> None:
    keeper, url = postmaster
    await send(mailer(url), letter())
    back = Settings(smtp_url=SecretStr(url), bounce_address="bounces@karman.example")
    await send(smtp_mailer(back), letter())
    assert keeper.senders == ["no-reply@karman.example", "bounces@karman.example"]
    assert keeper.letters[1]["X-Karman-Letter"] == keeper.letters[1]["Message-ID"]


async def test_nobody_can_guess_how_a_letter_is_called(vault: Vault, http: ClientSession) -> None:
    settings = Settings(smtp_url=SecretStr("smtp://127.0.0.1:1"))
    message = Message(id=17, kind="email-confirm", data={}, purpose=MessagePurpose.SERVICE)
    anna = PersonAddress("anna@example.ru")
    handover = Handover(message, "ru", anna, {"path": "/e/t0ken"})
    named = []
    for given in (vault, vault, None):
        channel = email_channel(settings, http, StoppedClock(), given)
        assert channel is not None
        named.append(channel.letter(handover).ref)
    assert named[0] == named[1] == vault.sign("letter:message:17")[:32]
    assert named[2] != named[0]


@pytest.mark.parametrize(
    ("to", "failure"),
    [
        ("nobody@example.ru", Unreachable),
        ("grey@example.ru", TryLater),
        ("full@example.ru", TryLater),
        ("spam@example.ru", GiveUp),
        ("hang@example.ru", OutcomeUnknown),
    ],
)
async def test_a_refusal_has_its_name_and_quotes_nobody(
    postmaster: tuple[Postmaster, str], to: str, failure: type[Exception]
) -> None:
    with pytest.raises(failure) as told:
        await send(mailer(postmaster[1]), letter(to))
    assert "@" not in str(told.value)


async def test_what_the_operator_must_mend(postmaster: tuple[Postmaster, str]) -> None:
    url = postmaster[1]
    with pytest.raises(NeedsSettings, match="refused us"):
        await send(mailer(url.replace("s3cret", "wrong")), letter())
    with pytest.raises(NeedsSettings, match="TLS"):
        await send(mailer(url.replace("never", "required")), letter())


async def test_a_mail_server_that_is_away() -> None:
    with pytest.raises(TryLater, match="away"):
        await send(mailer(f"smtp://127.0.0.1:{free_port()}?starttls=never"), letter())


HOSTILE = [
    "Анна\r\nBcc: everyone@example.ru",
    "Анна\nSubject: hacked",
    "Анна\r\n\r\n<script>alert(1)</script>",
    "Анна\x00\x0b\x0c\u2028\u0085X-Evil: 1",
    'Анна" <evil@example.ru>, "',
    "=?utf-8?q?=0d=0aBcc:_x@example.ru?=",
]


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_name_cannot_add_a_header(postmaster: tuple[Postmaster, str], name: str) -> None:
    keeper, url = postmaster
    sender = Address(name.splitlines()[0], addr_spec="n@karman.example")
    await send(mailer(url), letter(subject=name), sender)
    arrived = keeper.letters[0]
    assert {key.lower() for key in arrived} == {
        "from", "to", "subject", "date", "message-id", "auto-submitted", "mime-version",
        "content-type", "x-karman-letter",
    }  # fmt: skip
    assert keeper.recipients == [["anna@example.ru"]]
    assert arrived["From"].addresses[0].addr_spec == "n@karman.example"
    assert len(arrived["From"].addresses) == 1


@pytest.mark.parametrize(
    "to",
    [
        "anna@example.ru\r\nBcc: all@example.ru",
        "anna@example.ru\nRCPT TO:<all@example.ru>",
        "anna@example.ru, all@example.ru",
        "Anna <anna@example.ru>",
        "anna@example.ru>\r\nDATA",
        "",
        "anna",
    ],
)
def test_an_address_that_is_more_than_an_address_is_refused(to: str) -> None:
    with pytest.raises(LetterRefused):
        build(letter(to), SENDER, START)


def test_an_unsubscribe_page_cannot_add_a_header() -> None:
    for page in ("https://k.example/c/x>\r\nBcc: a@b.ru", "javascript:alert(1)", "https://k e"):
        with pytest.raises(LetterRefused):
            build(letter(unsubscribe=page), SENDER, START)


def test_settings_say_what_they_expect() -> None:
    for wrong in ("http://mail", "smtp://", "smtp://h:99999", "smtp://h?starttls=maybe"):
        with pytest.raises(SettingsRefused, match="KARMAN_SMTP_URL") as told:
            load_settings(smtp_url=wrong)
        assert "99999" not in str(told.value)
    for wrong in ("Karman", "a@b\r\nBcc: x@y", ""):
        with pytest.raises(SettingsRefused, match="KARMAN_MAIL_FROM"):
            load_settings(mail_from=wrong)
    target = parse_smtp("smtps://user%40x:p%3Ass@mail.example")
    assert (target.port, target.tls, target.user, target.password) == (465, True, "user@x", "p:ss")
    assert mail_address("Карман <a@b.ru>").display_name == "Карман"


def test_the_address_of_a_mailbox() -> None:
    found = parse_imap("imaps://post:s%40cret@mail.example/Bounces%20here")
    assert (found.host, found.port, found.user, found.password) == (
        "mail.example", 993, "post", "s@cret",
    )  # fmt: skip
    assert (found.mailbox, found.tls) == ("Bounces here", True)
    inside = parse_imap("imap://post:x@mail:1143?starttls=never")
    assert (inside.port, inside.mailbox, inside.tls, inside.starttls) == (
        1143, "INBOX", False, False,
    )  # fmt: skip
    for wrong in (
        "pop3://a:b@mail.example", "imaps://mail.example", "imaps://a:b@mail.example:99999",
        "imaps://a:b@mail.example/%22x%22", "imaps://a:b@mail.example?x=1", "imaps://a:b@",
        "imaps://a:b@mail.example/x%0D%0Ay", "imap://a:b@mail.example?starttls=auto",
    ):  # fmt: skip
        with pytest.raises(SettingsRefused, match="KARMAN_BOUNCE_IMAP_URL: expected") as told:
            load_settings(bounce_imap_url=wrong)
        assert "a:b" not in str(told.value)
