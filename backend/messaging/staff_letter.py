"""A letter to those who look after an account: about their own things, never about a person.

No consent is asked for and no row is kept, as nobody's data is in it; the same letter sent again is
the same (its Message-ID).
"""

import html
from collections.abc import Mapping
from dataclasses import dataclass

from backend.messaging.channel import OutcomeUnknown, Unreachable
from backend.messaging.gated_channels import GatedChannels
from backend.messaging.handover import Handover, PersonAddress
from backend.messaging.wording import message_words
from backend.platform.failures import GiveUp, NeedsSettings, TryLater
from backend.platform.words import LANGUAGES
from models.channel import ChannelName
from models.message import Message
from models.message_purpose import MessagePurpose


@dataclass(frozen=True, slots=True)
class StaffLetter:
    """`kind` names the wording, `data` its values; it is written in both languages, as nobody knows
    which of them is read. `once` makes the letter one."""

    to: str
    kind: str
    once: str
    data: Mapping[str, str]


async def send_staff_letter(post: GatedChannels, letter: StaffLetter) -> None:
    """Raises NeedsSettings without mail, TryLater, and GiveUp when nobody is at the address."""
    mail = post.channels.get(ChannelName.EMAIL.value)
    if mail is None:
        raise NeedsSettings("no letter can be sent: KARMAN_SMTP_URL is not set")
    address = PersonAddress(letter.to)
    try:
        await mail.send(Handover(_message(letter), LANGUAGES[0], address))
    except Unreachable as wrong:
        raise GiveUp(f"the contact_email of the account: {wrong.reason}") from wrong
    except OutcomeUnknown as unknown:
        # Twice is better than never, and mail programs show it once.
        raise TryLater("nobody knows whether the letter has arrived") from unknown


def _message(letter: StaffLetter) -> Message:
    words = message_words()
    values = {name: html.escape(value, quote=False) for name, value in letter.data.items()}
    parts = [words.text(language, letter.kind, **values) for language in LANGUAGES]
    subjects = [words.text(language, f"{letter.kind}.subject") for language in LANGUAGES]
    return Message(
        once=letter.once,
        purpose=MessagePurpose.SERVICE,
        kind=letter.kind,
        data={"subject": " / ".join(subjects)},
        body="\n\n".join(parts),
    )
