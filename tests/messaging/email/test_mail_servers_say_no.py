"""Every answer of a mail server has one of our names, whichever line it was said to."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from email.headerregistry import Address

import pytest

from backend.messaging.channel import Handed, OutcomeUnknown, Unreachable
from backend.messaging.email.letter import Letter, build
from backend.messaging.email.smtp.send import SmtpMailer
from backend.messaging.email.smtp.settings import smtp_mailer
from backend.platform.failures import Failure, GiveUp, NeedsSettings, TryLater
from backend.platform.settings import load_settings
from backend.platform.world.outside import parse_smtp
from tests.support.clock import START

LETTER = Letter("anna@example.ru", "Тема", "a", "<p>a</p>", "abc")
MESSAGE = build(LETTER, Address("Карман", addr_spec="no-reply@karman.example"), START)
FINE = {
    "HELLO": "220 mail.example", "EHLO": "250-mail.example\r\n250 AUTH PLAIN",
    "AUTH": "235 welcome", "MAIL": "250 fine", "RCPT": "250 fine", "DATA": "354 go on",
    ".": "250 queued", "QUIT": "221 bye",
}  # fmt: skip
HANGS_UP = ""


@contextlib.asynccontextmanager
async def server(said: Mapping[str, str], heard: list[str] | None = None) -> AsyncIterator[str]:
    """Answers each command by its first word as FINE does, but for what `said` says."""
    answers = {**FINE, **said}

    ended: list[asyncio.Event] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ended.append(end := asyncio.Event())
        command, in_data = "HELLO", False
        while command:
            answer = answers.get(command)
            if answer == HANGS_UP:
                break
            if answer is not None:
                in_data = answer.startswith("354")
                writer.write(answer.encode() + b"\r\n")
            line = (await reader.readline()).decode(errors="replace")
            if heard is not None:
                heard.append(line.strip())
            command = _command(line, in_data=in_data)
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
        end.set()

    running = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with running:
        yield f"127.0.0.1:{running.sockets[0].getsockname()[1]}"
        for end in ended:
            await end.wait()


def _command(line: str, *, in_data: bool) -> str:
    """Empty when nothing comes any more, or nothing that a mail server knows."""
    if in_data:
        return "." if line == ".\r\n" else line and "data"
    word = line.partition(" ")[0].strip().upper()
    return word if word in {*FINE, "STARTTLS"} else ""


async def send(host: str, before: str = "", after: str = "?starttls=never") -> Handed:
    return await SmtpMailer(parse_smtp(f"smtp://{before}{host}{after}")).send(LETTER, MESSAGE)


@pytest.mark.parametrize(
    ("command", "answer", "name", "told"),
    [
        ("HELLO", HANGS_UP, TryLater, "the mail server is away: SMTP"),
        ("HELLO", "421 busy", TryLater, "the mail server said 421"),
        ("MAIL", "451 later", TryLater, "the mail server said 451"),
        ("MAIL", "499 later", TryLater, "the mail server said 499"),
        ("MAIL", "500 no", NeedsSettings, "the mail server refused us: 500; check KARMAN_SMTP_URL"),
        ("MAIL", "530 who are you", NeedsSettings, "refused us: 530"),
        ("MAIL", "550 not yours", NeedsSettings, "refused us: 550"),
        ("RCPT", "450 greylisted", TryLater, "takes nothing for this mailbox yet: 450"),
        ("RCPT", "499 later", TryLater, "takes nothing for this mailbox yet: 499"),
        ("RCPT", "500 no", Unreachable, "the mail server refused the mailbox: 500"),
        ("RCPT", "550 nobody", Unreachable, "the mail server refused the mailbox: 550"),
        ("DATA", "451 later", TryLater, "the mail server said 451"),
        ("DATA", "530 no", NeedsSettings, "refused us: 530"),
        ("DATA", "535 no", NeedsSettings, "refused us: 535"),
        ("DATA", "554 spam", GiveUp, "the mail server refused the letter: 554"),
        (".", "452 full", TryLater, "the mail server said 452"),
        (".", "500 no", GiveUp, "the mail server refused the letter: 500"),
        (".", "554 spam", GiveUp, "the mail server refused the letter: 554"),
        (".", HANGS_UP, OutcomeUnknown, "broke while the letter was handed over"),
    ],
)
async def test_every_answer_has_its_name(
    command: str, answer: str, name: type[Failure], told: str
) -> None:
    async with server({command: answer}) as host:
        with pytest.raises(name) as failed:
            await send(host)
    assert told in str(failed.value)
    assert not getattr(failed.value, "gone", False), "a mailbox that is full of years may empty"
    assert "@" not in str(failed.value)


@pytest.mark.parametrize("answer", [HANGS_UP, "500 no"])
async def test_what_was_taken_was_taken_however_the_server_parts(answer: str) -> None:
    async with server({"QUIT": answer}) as host:
        assert await send(host) == Handed("<abc@karman.example>")


async def test_the_letter_is_handed_over_line_by_line() -> None:
    heard: list[str] = []
    async with server({}, heard) as host:
        await send(host)
    words = [line.split()[0] for line in heard if line]
    assert [word for word in words if word in FINE] == ["EHLO", "MAIL", "RCPT", "DATA", ".", "QUIT"]
    assert any("<anna@example.ru>" in line for line in heard if line.startswith("RCPT"))
    assert any("<no-reply@karman.example>" in line for line in heard if line.startswith("MAIL"))


async def test_who_has_a_password_says_it_and_who_has_none_does_not() -> None:
    heard: list[str] = []
    async with server({}, heard) as host:
        await send(host)
        assert not any(line.startswith("AUTH") for line in heard)
        await send(host, "karman:s3cret@")
    assert any(line.startswith("AUTH") for line in heard)
    for answer, name in (("535 wrong", NeedsSettings), ("454 later", TryLater)):
        async with server({"AUTH": answer}) as host:
            with pytest.raises(name):
                await send(host, "karman:s3cret@")


@pytest.mark.parametrize(
    ("asked", "offered", "begun"),
    [
        ("?starttls=required", True, True),
        ("", True, True),
        ("?starttls=auto", True, True),
        ("?starttls=never", True, False),
        ("?starttls=auto", False, False),
    ],
)
async def test_tls_begins_where_it_is_asked_for(asked: str, offered: bool, begun: bool) -> None:
    """This server has no certificate: what begins with it ends there."""
    said = {"EHLO": "250-mail.example\r\n250 STARTTLS"} if offered else {}
    heard: list[str] = []
    async with server({**said, "STARTTLS": "220 go on\r\nnot TLS"}, heard) as host:
        if begun:
            with pytest.raises(Failure):
                await send(host, after=asked)
        else:
            assert await send(host, after=asked) == Handed("<abc@karman.example>")
    assert ("STARTTLS" in heard) is begun
    assert any(line.startswith("MAIL") for line in heard) is not begun


@pytest.mark.parametrize("asked", ["", "?starttls=required"])
async def test_a_server_without_tls_gets_no_letter(asked: str) -> None:
    async with server({}) as host:
        with pytest.raises(NeedsSettings, match="lacks the TLS that KARMAN_SMTP_URL asks for"):
            await send(host, after=asked)


async def test_tls_from_the_start_is_no_plain_talk() -> None:
    heard: list[str] = []
    async with server({}, heard) as host:
        with pytest.raises(Failure):
            await SmtpMailer(parse_smtp(f"smtps://{host}")).send(LETTER, MESSAGE)
    assert not any(line.startswith("EHLO") for line in heard)


async def test_the_server_is_that_of_the_settings() -> None:
    async with server({}) as host:
        mailer = smtp_mailer(load_settings(smtp_url=f"smtp://{host}?starttls=never"))
        assert await mailer.send(LETTER, MESSAGE) == Handed("<abc@karman.example>")
