"""One letter, and the message that a mail server takes.

What comes from outside (names, subjects, addresses) can never add a header: line breaks and
control signs are taken out of names and subjects, and an address with one is refused.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}")
_URL = re.compile(r"https?://[!-;=?-~]+")
_SUBJECT_LENGTH = 200
# The Message-ID once more: some servers that pass letters on give them one of their own.
OURS = "X-Karman-Letter"


class LetterRefused(ValueError):
    """The letter cannot be made; the text says why and names nobody."""


@dataclass(frozen=True, slots=True)
class Letter:
    """`unsubscribe` is the page of one-click unsubscribing (RFC 8058): every promotional
    letter has one. `ref` makes the Message-ID: the same letter sent twice is one letter."""

    to: str
    subject: str
    text: str
    html: str
    ref: str
    unsubscribe: str = ""


def one_line(text: str) -> str:
    # `=?…?=` in a value is decoded when the header is made, line breaks included.
    text = text.replace("=?", "= ?")
    return _CONTROL.sub(" ", text).strip()[:_SUBJECT_LENGTH]


def build(letter: Letter, sender: Address, now: datetime) -> EmailMessage:
    """Text and HTML parts. Raises LetterRefused."""
    if not _ADDRESS.fullmatch(letter.to):
        raise LetterRefused("not an address that mail can be sent to")
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(one_line(sender.display_name), addr_spec=sender.addr_spec)
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = one_line(letter.subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message[OURS] = f"<{letter.ref}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:
        if not _URL.fullmatch(letter.unsubscribe):
            raise LetterRefused("the unsubscribe page needs an address such as https://…")
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message
