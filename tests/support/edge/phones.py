"""Phones and mailboxes in the test's hand, at the outer edge of the channels."""

import re
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage

from backend.messaging.channel import Channel, Handed
from backend.messaging.email.letter import Letter
from backend.messaging.email.send import EmailChannel
from backend.messaging.email.settings import letter_pages
from backend.messaging.gated_channels import GatedChannels
from backend.messaging.sms.send import SmsChannel
from tests.support.clock import StoppedClock
from tests.support.edge.gates import everything_goes

BASE_URL = "https://karman.example"
SENDER = Address("Карман", addr_spec="no-reply@karman.example")


@dataclass
class Phones:
    """An SMS gateway that delivers at once, or raises `trouble`."""

    sms: list[tuple[str, str]] = field(default_factory=list)
    trouble: Exception | None = None

    async def send(self, to: str, text: str) -> Handed:
        if self.trouble is not None:
            raise self.trouble
        self.sms.append((to, text))
        return Handed(str(len(self.sms)), 289)

    @property
    def code(self) -> str:
        """The code in the newest SMS."""
        found = re.search(r"\d{6}", self.sms[-1][1])
        assert found is not None
        return found[0]


@dataclass
class Mailboxes:
    """A mailer that delivers at once, or raises `trouble`."""

    letters: list[Letter] = field(default_factory=list)
    trouble: Exception | None = None

    async def send(self, letter: Letter, _message: EmailMessage) -> Handed:
        if self.trouble is not None:
            raise self.trouble
        self.letters.append(letter)
        return Handed(letter.ref)

    @property
    def link(self) -> str:
        """The link in the newest letter."""
        found = re.search(r"https?://\S+/e/\S+", self.letters[-1].text)
        assert found is not None
        return found[0]

    @property
    def token(self) -> str:
        return self.link.rpartition("/e/")[2].partition("?")[0]


def open_post(sms: Phones | None = None, email: Mailboxes | None = None) -> GatedChannels:
    """The real channels over these; nothing needs a consent."""
    channels: dict[str, Channel] = {}
    if sms is not None:
        channels["sms"] = SmsChannel(sms)
    if email is not None:
        channels["email"] = EmailChannel(email, BASE_URL, letter_pages(), SENDER, StoppedClock())

    return GatedChannels(channels, everything_goes)
