"""A template's wording, said to one person by one channel."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from backend.links.links import Shortens
from backend.messaging.action import Action, ActionKind
from backend.messaging.markup import plain
from backend.messaging.said import Button
from backend.messaging.wording import message_words
from backend.templates.content import Content, Opens
from models.channel import ChannelName


@dataclass(frozen=True, slots=True)
class Law:
    """What the law on advertising wants to be told with it."""

    advertiser: str
    inn: str
    erid: str = ""


@dataclass(frozen=True, slots=True)
class TemplateSaid:
    """See backend.messaging.said. `values` are the person's, as backend/templates/values_of.py
    reads them. `law` and `stops` are of advertising alone: the label, and the brand whose off
    switch it carries. `links`: the short links of this message; without them addresses stand as
    the brand wrote them. `card`: the person's card that the button opens, where it does."""

    content: Content
    language: str
    channel: str = ChannelName.TELEGRAM.value
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    law: Law | None = None
    stops: int = 0
    links: Shortens | None = None
    card: int = 0

    def html(self) -> str:
        text = self.content.form(self.language, self.channel).html.of(self.values, self.links)
        return f"{text}\n\n{label_of(self.law, self.language)}" if self.law else text

    def text(self) -> str:
        text = self.content.form(self.language, self.channel).plain.of(self.values, self.links)
        label = f" {plain_label_of(self.law, self.language)}" if self.law else ""
        return " ".join(f"{text}{label}".split())

    def subject(self) -> str:
        return self.content.form(self.language, self.channel).subject.of(self.values, self.links)

    def picture(self) -> str:
        picture = self.content.picture
        if not picture or picture.startswith("https://"):
            return picture
        return f"{self.links.base_url}/media/{picture}" if self.links else ""

    def buttons(self) -> Sequence[Button]:
        found = [self._opens()] if self.content.opens != Opens() else []
        if self.stops:
            found.append(_stops(self.stops, self.language))
        return [each for each in found if each is not None]

    def _opens(self) -> Button | None:
        """None for whoever has no card to open."""
        opens = self.content.opens
        label = self.content.form(self.language, self.channel).button.of(self.values, self.links)
        if opens.url:
            return Button(label, url=self.links.of(opens.url) if self.links else opens.url)
        if opens.action is None:
            return None
        whose = self.card if opens.action is ActionKind.OPEN_CARD else opens.id
        return Button(label, Action(opens.action, whose)) if whose else None


@lru_cache(1024)
def _stops(brand_id: int, language: str) -> Button:
    label = message_words().text(language, "promo-push.button")
    return Button(label, Action(ActionKind.STOP_ADS, brand_id))


@lru_cache(256)
def label_of(law: Law, language: str) -> str:
    """The label «Реклама», as markup."""
    erid = f" · erid: {law.erid}" if law.erid else ""
    return message_words().text(
        language, "promo-label", advertiser=html.escape(law.advertiser, quote=False),
        inn=law.inn, erid=html.escape(erid, quote=False),
    )  # fmt: skip


@lru_cache(256)
def plain_label_of(law: Law, language: str) -> str:
    return " ".join(plain(label_of(law, language)).split())
