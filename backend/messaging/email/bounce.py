"""Read a letter that says that another one did not arrive (RFC 3464).

Mail comes from anybody: what is read is bounded before it is parsed, nothing in it is believed but
the Message-ID of a letter of ours, which nobody can guess (backend/messaging/email/send.py), and
what cannot be read is no bounce.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.policy import compat32

from backend.messaging.email.letter import OURS

LARGEST = 64 * 1024
# Parts inside parts: a report has two or three beside each other.
_DEEPEST = 8
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,120}>")
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
# There is no such mailbox, or none any more; full ones and refused letters are another matter.
_NO_MAILBOX = {("1", "0"), ("1", "1"), ("1", "2"), ("1", "3"), ("1", "6"), ("1", "10"), ("2", "1")}


@dataclass(frozen=True, slots=True)
class Bounce:
    """`message_id` is that of the letter which came back."""

    message_id: str
    no_mailbox: bool


def read_bounce(data: bytes) -> Bounce | None:
    """None for whatever else: a delay, an answer of a person or of a machine, advertising."""
    data = data[:LARGEST]
    if len(_BOUNDARY.findall(data)) > _DEEPEST:
        return None
    try:
        message = message_from_bytes(data, policy=compat32)
        return _read(message)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _read(message: Message) -> Bounce | None:
    if message.get_content_type() != "multipart/report" or not message.is_multipart():
        return None
    status, original = None, ""
    for part in _parts(message):
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            status = status or _failed(part)
        elif kind in {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"}:
            original = original or _original(part)
    return Bounce(original, status in _NO_MAILBOX) if status and original else None


def _failed(part: Message) -> tuple[str, str] | None:
    """Subject and detail of the status of the first recipient whom it did not reach for good."""
    for group in _parts(part):
        action = str(group.get("Action", "")).strip().lower()
        found = _STATUS.search(str(group.get("Status", "")))
        if action == "failed" and found is not None and found[1] == "5":
            return found[2], found[3]
    return None


def _original(part: Message) -> str:
    """A letter, its headers, or its headers as text."""
    inside = _parts(part)
    if not inside:
        text = str(part.get_payload()).encode("utf-8", "replace")
        inside = [message_from_bytes(text, policy=compat32)]
    named = str(inside[0].get(OURS) or inside[0].get("Message-ID", ""))
    found = _MESSAGE_ID.search(named)
    return "" if found is None else found[0]


def _parts(message: Message) -> list[Message]:
    inside = message.get_payload()
    return (
        [each for each in inside if isinstance(each, Message)] if isinstance(inside, list) else []
    )
