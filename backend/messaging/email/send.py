"""Send a message to a customer's mailbox."""

import hashlib
import html
import re
from typing import Any

from jinja2 import Environment

from backend.messaging.channel import Handed, Unreachable
from backend.messaging.email.letter import Letter
from backend.messaging.email.mailer import Mailer
from backend.messaging.wording import html_of, message_words
from backend.platform.failures import GiveUp
from models.customer import Customer
from models.message import Message, MessagePurpose

_TAG = re.compile(r"<[^>]{1,80}>")
# Telegram's own markup is kept; anything else that looks like a tag is shown as it is written.
_FOREIGN_TAG = re.compile(r"<(?!/?(?:a|b|i|u|s|em|strong|code|pre|blockquote)[\s>])", re.IGNORECASE)


class EmailChannel:
    """In `message.data`: `to`; `subject` for a text given word for word; `path` (on our own
    pages) or `url` for the button; `unsubscribe` (path or address) for promo."""

    def __init__(self, mailer: Mailer, base_url: str, pages: Environment) -> None:
        self._mailer = mailer
        self._base_url = base_url
        self._pages = pages

    async def turn(self, customer: Customer, message: Message) -> None:
        """Letters need no turn."""

    async def send(self, customer: Customer, message: Message) -> Handed:
        return await self._mailer.send(self.letter(customer, message))

    def letter(self, customer: Customer, message: Message) -> Letter:
        """Raises Unreachable without a confirmed address, and GiveUp for a promotional message
        without a way to unsubscribe."""
        data = message.data
        if not data.get("to"):
            raise Unreachable("no confirmed e-mail address", gone=False)
        unsubscribe = self._address(data.get("unsubscribe", ""))
        if message.purpose is MessagePurpose.PROMO and not unsubscribe:
            raise GiveUp("a promotional letter needs an unsubscribe page")
        body = _FOREIGN_TAG.sub("&lt;", html_of(message, customer.language))
        link = self._address(data.get("path") or data.get("url") or "")
        subject = str(data.get("subject") or self._word(customer, message, "subject"))
        values: dict[str, Any] = {
            "subject": subject,
            "paragraphs": body.split("\n\n"),
            "link": link,
            "button": self._word(customer, message, "button") if link else "",
            "unsubscribe": unsubscribe,
            "leave": message_words().text(customer.language, "email-leave"),
            "about": message_words().text(customer.language, "email-about"),
            "lang": customer.language,
        }
        return Letter(
            to=data["to"],
            subject=subject,
            text=self._pages.get_template("letter.txt").render(
                values | {"paragraphs": [_plain(part) for part in values["paragraphs"]]}
            ),
            html=self._pages.get_template("letter.html").render(values),
            ref=hashlib.sha256(f"letter:{message.once}".encode()).hexdigest()[:32],
            unsubscribe=unsubscribe,
        )

    def _address(self, place: str) -> str:
        return f"{self._base_url}{place}" if place.startswith("/") else place

    @staticmethod
    def _word(customer: Customer, message: Message, attribute: str) -> str:
        return message_words().text(customer.language, f"{message.kind}.{attribute}")


def _plain(markup: str) -> str:
    return html.unescape(_TAG.sub("", markup))
