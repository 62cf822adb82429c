"""Settings of what leaves by mail and SMS, checked at the start: KARMAN_SMTP_URL and friends."""

import re
import string
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Annotated, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from phonenumbers import SUPPORTED_REGIONS
from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings

STARTTLS = ("required", "auto", "never")
_PLACES = {"to", "digits", "text"}
# Russia, and the countries whose citizens live and work in it without a permit.
SMS_COUNTRIES = ("RU", "BY", "KZ", "AM", "KG")


@dataclass(frozen=True, slots=True)
class SmtpTarget:
    """`starttls`: required, auto (when the server offers it) or never; `tls` from the start."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False
    starttls: str = "required"


def parse_smtp(url: str) -> SmtpTarget:
    """`smtp://user:pass@host:587?starttls=required` or `smtps://user:pass@host:465`. Raises
    ValueError with what was expected, without the value."""
    expected = "expected smtp://user:pass@host:587?starttls=required or smtps://user:pass@host:465"
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        raise ValueError("expected a port between 0 and 65535") from None
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    starttls = options.pop("starttls", "required")
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.path.strip("/"):
        raise ValueError(expected)
    if options or starttls not in STARTTLS:
        raise ValueError("expected no option but starttls=required, starttls=auto, starttls=never")
    tls = parts.scheme == "smtps"
    return SmtpTarget(
        host=parts.hostname,
        port=port or (465 if tls else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
        starttls=starttls,
    )


@dataclass(frozen=True, slots=True)
class ImapTarget:
    """`tls` from the start; otherwise by STARTTLS, unless it is never to be."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    mailbox: str = "INBOX"
    tls: bool = True
    starttls: bool = True


def parse_imap(url: str) -> ImapTarget:
    """`imaps://user:pass@host:993/INBOX` or `imap://user:pass@host:143/INBOX?starttls=never`.
    Raises ValueError with what was expected, without the value."""
    expected = "expected imaps://user:pass@host:993/INBOX"
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        raise ValueError("expected a port between 0 and 65535") from None
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    starttls = options.pop("starttls", "required")
    if parts.scheme not in {"imap", "imaps"} or not parts.hostname or not parts.username:
        raise ValueError(expected)
    if options or starttls not in {"required", "never"}:
        raise ValueError("expected no option but starttls=required or starttls=never")
    mailbox = unquote(parts.path.strip("/")) or "INBOX"
    if not re.fullmatch(r"[ !#-[\]-~]{1,200}", mailbox):
        raise ValueError(expected)
    tls = parts.scheme == "imaps"
    return ImapTarget(
        parts.hostname, port or (993 if tls else 143), unquote(parts.username),
        unquote(parts.password or ""), mailbox, tls, starttls == "required",
    )  # fmt: skip


def mail_address(text: str) -> Address:
    """`Карман <no-reply@karman.example>` or the bare address. Raises ValueError."""
    name, spec = parseaddr(text)
    if any(ord(sign) < 32 for sign in text) or not re.fullmatch(r"[!-?A-~]+@[!-?A-~]+", spec):
        raise ValueError("expected an address such as Karman <no-reply@karman.example>")
    return Address(display_name=name, addr_spec=spec)


def _smtp(secret: SecretStr) -> SecretStr:
    if secret.get_secret_value():
        parse_smtp(secret.get_secret_value())
    return secret


def _imap(secret: SecretStr) -> SecretStr:
    if secret.get_secret_value():
        parse_imap(secret.get_secret_value())
    return secret


def _mail_from(text: str) -> str:
    mail_address(text)
    return text


def _bounce_address(text: str) -> str:
    if text:
        mail_address(text)
    return text


def _sms_url(secret: SecretStr) -> SecretStr:
    url = secret.get_secret_value()
    if url and not re.match(r"https?://[^\s/?#{]+[/?]", url):
        raise ValueError("expected https://gateway.example/send?to={to}&text={text}")
    check_places(url)
    return secret


def _sms_body(secret: SecretStr) -> SecretStr:
    text = secret.get_secret_value()
    check_places(text if not text.startswith("{") else "")
    return secret


def check_places(template: str) -> None:
    """Raises ValueError for a place that is not {to}, {digits} or {text}."""
    try:
        names = {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
    except ValueError:
        raise ValueError("expected {to}, {digits} and {text} as the only braces") from None
    if names - _PLACES:
        raise ValueError("expected {to}, {digits} and {text} as the only braces")


def _countries(text: str) -> str:
    codes = [code.strip().upper() for code in text.split(",")]
    unknown = [code for code in codes if code not in SUPPORTED_REGIONS]
    if unknown:
        raise ValueError(f"expected two-letter countries such as {','.join(SMS_COUNTRIES)}")
    return ",".join(dict.fromkeys(codes))


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error:
        raise ValueError("expected a regular expression") from None
    return text


def _report(text: str) -> str:
    if text and not {"delivered", "undelivered"} & re.compile(_pattern(text)).groupindex.keys():
        raise ValueError("expected a regular expression with a group delivered or undelivered")
    return text


def _report_url(secret: SecretStr) -> SecretStr:
    url = secret.get_secret_value()
    if url and not (re.match(r"https?://[^\s/?#{]+[/?]", url) and "{id}" in url):
        raise ValueError("expected https://gateway.example/status?id={id}")
    return secret


def _sandbox(url: str) -> str:
    if url and not re.fullmatch(r"http://[^\s/?#]+/?", url):
        raise ValueError("expected an address such as http://127.0.0.1:8081")
    return url.rstrip("/")


class OutsideSettings(BaseSettings):
    """The part of Settings about mail and SMS; docs/contacts.md explains each."""

    # Where the sandbox is: without a gateway of their own, mail and SMS land on its page.
    sandbox_url: Annotated[str, AfterValidator(_sandbox)] = ""
    smtp_url: Annotated[SecretStr, AfterValidator(_smtp)] = SecretStr("")
    mail_from: Annotated[str, AfterValidator(_mail_from)] = "Karman <no-reply@karman.example>"
    # A mailbox of its own, in which letters that came back are found.
    bounce_imap_url: Annotated[SecretStr, AfterValidator(_imap)] = SecretStr("")
    # The envelope's sender: where they come back to; the sender of the letter if absent.
    bounce_address: Annotated[str, AfterValidator(_bounce_address)] = ""
    sms_gateway: Literal["", "http", "smsc", "smsru"] = ""
    # What a message costs, where the gateway does not say.
    sms_kopecks: Annotated[int, Field(ge=0, le=100_000)] = 0
    # Where codes may go; the first is home, whose own way of writing numbers is understood.
    sms_countries: Annotated[str, AfterValidator(_countries)] = ",".join(SMS_COUNTRIES)
    # The name that people see as the sender, as agreed with the gateway.
    sms_sender: str = Field(default="", max_length=15)
    # smsc
    sms_login: str = ""
    sms_password: SecretStr = SecretStr("")
    # smsru
    sms_api_id: SecretStr = SecretStr("")
    # http
    sms_url: Annotated[SecretStr, AfterValidator(_sms_url)] = SecretStr("")
    sms_method: Literal["GET", "POST"] = "GET"
    sms_body: Annotated[SecretStr, AfterValidator(_sms_body)] = SecretStr("")
    sms_token: SecretStr = SecretStr("")
    # Found in the answer of an accepted message; the groups `id` and `cost` (roubles) are kept.
    sms_expect: Annotated[str, AfterValidator(_pattern)] = ""

    # http: how its reports are read, and where it is asked for one.
    sms_report: Annotated[str, AfterValidator(_report)] = ""
    sms_report_url: Annotated[SecretStr, AfterValidator(_report_url)] = SecretStr("")

    @property
    def sms_regions(self) -> tuple[str, ...]:
        return tuple(self.sms_countries.split(","))
