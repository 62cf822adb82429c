"""Send a message to a person's mailbox."""

import hashlib
import re
from collections.abc import Callable
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Any, Protocol

from jinja2 import Environment

from backend.messaging.channel import Handed, NoTurn, Turn, Unreachable
from backend.messaging.email.letter import Letter, LetterRefused, build
from backend.messaging.email.links import link_of
from backend.messaging.handover import Handover
from backend.messaging.markup import allowed, plain
from backend.messaging.wording import message_words
from backend.platform.clock import Clock
from backend.platform.failures import GiveUp
from models.message_purpose import MessagePurpose

_PICTURE = re.compile(r"https?://[!-;=?-~]+")


class Mailer(Protocol):
    """What takes letters away. A new one: a folder with send.py and settings.py, a line in
    backend/messaging/email/settings.py."""

    async def send(self, letter: Letter, message: EmailMessage) -> Handed:
        """The letter, and the same as mail servers take it. Raises as a channel does
        (backend.messaging.channel): Unreachable when the server refuses the recipient."""
        ...


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class EmailChannel:
    def __init__(
        self,
        mailer: Mailer,
        base_url: str,
        pages: Environment,
        sender: Address,
        clock: Clock,
        sign: Callable[[str], str] = _hashed,
    ) -> None:
        """`sign` makes the Message-ID of a letter: whoever knows how, can have it come back."""
        self._mailer = mailer
        self._base_url = base_url
        self._pages = pages
        self._sender = sender
        self._clock = clock
        self._sign = sign

    async def turn(self, handover: Handover) -> Turn:  # noqa: ARG002  the Protocol's
        """Letters need no turn."""
        return NoTurn()

    async def send(self, handover: Handover) -> Handed:
        letter = self.letter(handover)
        try:
            message = build(letter, self._sender, self._clock())
        except LetterRefused as wrong:
            raise GiveUp(str(wrong)) from wrong
        return await self._mailer.send(letter, message)

    def letter(self, handover: Handover) -> Letter:
        """Raises Unreachable without an address, and GiveUp for a promotional message without a
        way to unsubscribe."""
        if handover.person is None:
            raise Unreachable("no confirmed e-mail address", gone=False)
        unsubscribe = f"{self._base_url}{handover.leave}" if handover.leave else ""
        if handover.message.purpose is MessagePurpose.PROMO and not unsubscribe:
            raise GiveUp("a promotional letter needs an unsubscribe page")
        values = self._values(handover) | {"unsubscribe": unsubscribe}
        in_words = {"paragraphs": [plain(part) for part in values["paragraphs"]]}
        return Letter(
            to=handover.person,
            subject=values["subject"],
            text=self._pages.get_template("letter.txt").render(values | in_words),
            html=self._pages.get_template("letter.html").render(values),
            ref=self._sign(f"letter:{handover.ref}")[:32],
            unsubscribe=unsubscribe,
        )

    def _values(self, handover: Handover) -> dict[str, Any]:
        """What both templates say. Each paragraph is whole by itself."""
        said, language = handover.said, handover.language
        link = link_of(handover, self._base_url)
        return {
            "subject": said.subject(),
            "paragraphs": [allowed(part) for part in said.html().split("\n\n")],
            "picture": said.picture() if _PICTURE.fullmatch(said.picture()) else "",
            "link": link,
            "button": said.buttons()[0].label if link else "",
            "leave": message_words().text(language, "email-leave"),
            "about": message_words().text(language, "email-about"),
            "lang": language,
        }
