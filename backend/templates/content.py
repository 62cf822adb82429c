"""A template's content as it is kept: in the template, and frozen in the plan of a campaign.

What may be entered is checked in catalog/entries; what is read here was checked. Each wording is
made ready once for a language and a channel; what is done for each person is to fill in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from backend.messaging.action import ActionKind
from backend.templates.form import Filler, Form, form_of
from catalog.wordings.parts import Url, names_of, parts_of
from catalog.wordings.variables import STANDARD, Declared, kinds_of
from models.channel import ChannelName


@dataclass(frozen=True, slots=True)
class Wording:
    """In one language. Texts are plain; `{name}` is a variable, two braces stand for one.
    `letter` and `sms` say it in a letter and in an SMS; without them `text` does."""

    text: str
    button: str = ""
    subject: str = ""
    letter: str = ""
    sms: str = ""

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Wording":
        return cls(*(str(kept.get(name, "")) for name in cls.__slots__))

    def texts(self) -> Iterator[str]:
        return filter(None, (self.text, self.button, self.subject, self.letter, self.sms))


@dataclass(frozen=True, slots=True)
class Opens:
    """What the button leads to: an offer, by its id; the person's card (the id is the
    recipient's); or an address. Nothing: there is no button."""

    action: ActionKind | None = None
    id: int = 0
    url: str = ""

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Opens":
        if kept.get("url"):
            return cls(url=str(kept["url"]))
        if kept.get("card"):
            return cls(ActionKind.OPEN_CARD)
        return cls(ActionKind.OPEN_OFFER, int(kept["id"])) if kept.get("id") else cls()


@dataclass(frozen=True, slots=True)
class Content:
    """`wordings` by language, one at least. `picture` is an address in the internet, or the
    SHA-256 of an uploaded one. `fallbacks` by variable and language; `declared` are the variables
    that are not of everybody. `always` fills in what nobody else has."""

    wordings: Mapping[str, Wording]
    picture: str = ""
    opens: Opens = Opens()
    fallbacks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    declared: Mapping[str, Declared] = field(default_factory=dict)
    _forms: dict[tuple[str, str], Form] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Content":
        found = {name: kept[name] for name in ("ru", "en") if kept.get(name)}
        return cls(
            {language: Wording.read(each) for language, each in found.items()},
            str(kept.get("picture") or ""),
            Opens.read(kept.get("opens") or {}),
            kept.get("fallbacks") or {},
            kinds_of(kept.get("kinds") or {}),
        )

    def spoken(self, language: str) -> str:
        """The language in which somebody of this one reads it."""
        return language if language in self.wordings else next(iter(self.wordings))

    def wording(self, language: str) -> Wording:
        """Of another language, where there is none in this one."""
        return self.wordings[self.spoken(language)]

    def variables(self) -> frozenset[str]:
        """All that any language and channel fills in."""
        return frozenset(
            name
            for language, wording in self.wordings.items()
            for text in wording.texts()
            for name in names_of(parts_of(text, language))
        )

    def urls(self) -> tuple[str, ...]:
        """All addresses to which it leads, in their order, each once."""
        found = [self.opens.url] if self.opens.url else []
        for language, wording in self.wordings.items():
            for text in wording.texts():
                parts = parts_of(text, language)
                found += [part.address for part in parts if isinstance(part, Url)]
        return tuple(dict.fromkeys(found))

    def form(self, language: str, channel: str) -> Form:
        key = (language, channel)
        if key not in self._forms:
            spoken = self.spoken(language)
            filler = Filler(spoken, {**STANDARD, **self.declared}, self.fallbacks)
            texts = self._texts(self.wordings[spoken], channel)
            self._forms[key] = form_of(filler, channel, *texts)
        return self._forms[key]

    def _texts(self, wording: Wording, channel: str) -> tuple[str, str, str]:
        """What is said, on the button and in the subject."""
        said, subject = wording.text, wording.subject or wording.button
        if channel == ChannelName.EMAIL:
            said = wording.letter or wording.text
            subject = subject or _first_line(wording.text)
        elif channel == ChannelName.WALLET:
            said = self._with_its_link(wording.text)
        elif channel == ChannelName.SMS:
            said = wording.sms or self._with_its_link(wording.text)
        return said, wording.button, subject

    def _with_its_link(self, text: str) -> str:
        """An SMS has no button, nor has the back of a card."""
        url = self.opens.url
        return text if not url or url in text else f"{text} {url}"


def _first_line(text: str) -> str:
    return text.partition("\n")[0]
