"""A template's wording, said to one person by one channel."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from backend.messaging.action import Action, ActionKind
from backend.messaging.markup import plain
from backend.messaging.said import Button
from backend.messaging.wording import message_words
from backend.templates.content import Content


@dataclass(frozen=True, slots=True)
class Law:
    """What the law on advertising wants to be told with it."""

    advertiser: str
    inn: str
    erid: str = ""


@dataclass(frozen=True, slots=True)
class TemplateSaid:
    """See backend.messaging.said. `law` and `stops` are of advertising alone: the label, and the
    brand whose off switch it carries."""

    content: Content
    language: str
    law: Law | None = None
    stops: int = 0

    def html(self) -> str:
        text = html.escape(_plain(self.content.wording(self.language).text), quote=False)
        return f"{text}\n\n{self._label()}" if self.law else text

    def text(self) -> str:
        return " ".join(plain(self.html()).split())

    def subject(self) -> str:
        return self.content.wording(self.language).button

    def picture(self) -> str:
        return ""

    def buttons(self) -> Sequence[Button]:
        if not self.stops:
            return []
        label = message_words().text(self.language, "promo-push.button")
        return [Button(label, Action(ActionKind.STOP_ADS, self.stops))]

    def _label(self) -> str:
        law = self.law or Law("", "")
        erid = f" · erid: {law.erid}" if law.erid else ""
        return message_words().text(
            self.language, "promo-label", advertiser=html.escape(law.advertiser, quote=False),
            inn=law.inn, erid=html.escape(erid, quote=False),
        )  # fmt: skip


def _plain(text: str) -> str:
    return text.replace("{{", "{").replace("}}", "}")
