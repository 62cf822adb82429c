"""How a template is told, and how it will be read."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, Field, model_validator

from backend.brands.templates.freeze import entered
from backend.brands.templates.look import BARE, Look
from backend.web.api.queries import ListQuery
from backend.web.api.v1.shared import NewKey, instant, without_nothing
from catalog.entries.messages.template import TemplateEntry, Values
from catalog.entries.values.contacts import Phone
from catalog.entries.values.entry import Entry
from catalog.entries.values.scalars import Flag, Whole, Word
from catalog.entries.values.wrong import wrong
from models.template import MessageTemplate, TemplateVersion

CONTENT: Mapping[str, Any] = {
    "ru": {
        "text": "{name}, на карте {points} {points|балл|балла|баллов}. До субботы — вдвое больше.",
        "button": "Посмотреть",
        "sms": "{points} {points|балл|балла|баллов} ждут вас: https://lavka.example/sale",
    },
    "en": {
        "text": "{name}, you have {points} {points|point|points}. Twice as many until Saturday.",
        "button": "Have a look",
    },
    "opens": {"url": "https://lavka.example/sale"},
    "fallbacks": {
        "name": {"ru": "Здравствуйте", "en": "Hello"},
        "points": {"ru": "0", "en": "0"},
    },
}
ENTRY: Mapping[str, Any] = {
    "name": "Spring sale",
    "purpose": "promo",
    "erid": "2VtzqwXYZ",
    "content": CONTENT,
}
EXAMPLE: Mapping[str, Any] = {
    "key": "spring-sale",
    **ENTRY,
    "version": 3,
    "created_at": "2026-11-27T12:30:00Z",
    "changed_at": "2026-11-28T09:00:00Z",
}
LOOKED: Mapping[str, Any] = {
    "variables": ["name", "points"],
    "links": ["https://lavka.example/sale"],
    "forms": [
        {
            "language": "ru",
            "channel": "sms",
            "text": "1 250 баллов ждут вас: https://karman.example/l/3kT7mQ2vR9bZ4LpWs",
            "without": "0 баллов ждут вас: https://karman.example/l/3kT7mQ2vR9bZ4LpWs",
            "sms": {"parts": 1, "alphabet": "UCS-2", "places": 65, "left": 5},
            "price": "3.50",
            "currency": "RUB",
        }
    ],
}


class Tried(StrEnum):
    """Channels by which a test may come."""

    TELEGRAM = "telegram"
    EMAIL = "email"
    SMS = "sms"


class TemplateMade(TemplateEntry):
    """A template, and the key by which it is to be known."""

    key: NewKey


class TemplateShown(TemplateEntry):
    """A template as it was entered."""

    key: str = Field(description="By which the account knows it.", examples=["spring-sale"])
    version: int = Field(description="Counts the changes.", examples=[3])
    created_at: str = Field(description="When it was entered.")
    changed_at: str = Field(description="When this version was.")
    archived_at: str | None = Field(default=None, description="When it was put away.")


class VersionShown(TemplateEntry):
    """How it was."""

    version: int = Field(description="From 1.", examples=[2])
    author: str = Field(description="Who wrote it, as the audit trail names them.")
    saved_at: str = Field(description="When.")


class TemplatesQuery(ListQuery):
    """Which templates."""

    archived: Annotated[bool, Flag()] = Field(
        default=False, description="Those that were put away instead of the others."
    )


class PreviewAsked(Entry):
    """What somebody may have."""

    values: Annotated[Mapping[str, str], Values()] = Field(
        default_factory=dict,
        description="By variable; of those that are left out, one is made up.",
        examples=[{"name": "Анна", "points": "21"}],
    )


class TestAsked(Entry):
    """To whom, and how."""

    customer: Annotated[int | None, Whole(1, 10**12)] = Field(
        default=None, description="Their id, as the list of test recipients has it.",
        examples=[7301],
    )  # fmt: skip
    phone: Annotated[str | None, Phone()] = Field(
        default=None, description="The phone that they have confirmed; E.164.",
        examples=["+79161234567"],
    )  # fmt: skip
    channel: Annotated[Tried, Word(Tried)] = Field(
        default=Tried.TELEGRAM, description="How it comes.", examples=["telegram"]
    )

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.customer is None) == (self.phone is None):
            raise wrong("names nobody or two people", "customer or phone", at="customer")
        return self


class TestShown(BaseModel):
    """It waits to be sent."""

    message: int = Field(description="Its id.")
    channel: str = Field(description="How it comes.")
    state: str = Field(description="queued: it leaves within seconds.")


class SmsShown(BaseModel):
    """How long an SMS is, and what that makes."""

    parts: int = Field(description="Each is paid for.", examples=[1])
    alphabet: str = Field(
        description="GSM-7 (160 signs, or 153 a part), or UCS-2 (70, or 67).", examples=["UCS-2"]
    )
    places: int = Field(description="Septets, or units of two bytes.", examples=[49])
    left: int = Field(description="Places that are left in the last part.", examples=[21])


class FormShown(BaseModel):
    """How it is read in one language and one channel."""

    language: str = Field(description="Of who reads it: ru or en.", examples=["ru"])
    channel: str = Field(description="telegram, email, sms or wallet.", examples=["sms"])
    subject: str | None = Field(default=None, description="Of a letter.")
    text: str = Field(description="With the label of advertising, where it is advertising.")
    without: str = Field(description="The same to somebody of whom nothing is known.")
    buttons: list[str] | None = Field(default=None, description="What stands on them.")
    picture: str | None = Field(default=None, description="Its address.")
    sms: SmsShown | None = Field(default=None, description="Of an SMS.")
    price: str | None = Field(
        default=None, description="To one person, where the account has said what it costs."
    )
    currency: str | None = Field(default=None, description="Of the price.", examples=["RUB"])


class PreviewShown(BaseModel):
    """A template as it will be read. Nothing is sent."""

    variables: list[str] = Field(description="That it has.")
    links: list[str] = Field(description="That become short and are counted.")
    forms: list[FormShown] = Field(description="By language and channel.")


def template_shown(row: MessageTemplate) -> Mapping[str, Any]:
    return without_nothing(
        {
            "key": row.key,
            **_said({name: getattr(row, name) for name in _SAID}),
            "version": row.version,
            "created_at": instant(row.created_at),
            "changed_at": instant(row.changed_at),
            "archived_at": instant(row.archived_at),
        }
    )


def version_shown(row: TemplateVersion) -> Mapping[str, Any]:
    told = {"version": row.version, "author": row.author, "saved_at": instant(row.saved_at)}
    return without_nothing({**_said(row.said), **told})


_SAID = ("name", "purpose", "content", "advertiser", "inn", "erid")


def _said(kept: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: kept[name] for name in _SAID}
    return {**told, "purpose": str(kept["purpose"]), "content": entered(kept["content"])}


def form_shown(look: Look, without: Look) -> Mapping[str, Any]:
    sms = look.sms
    length = {name: getattr(sms, name) for name in SmsShown.model_fields} if sms else None
    price = None if look.kopecks is None else f"{look.kopecks // 100}.{look.kopecks % 100:02d}"
    return without_nothing(
        {
            "language": look.language,
            "channel": look.channel,
            "subject": look.said.subject() if look.channel == "email" else None,
            "text": look.told,
            "without": without.told,
            "buttons": list(look.buttons) or None,
            "picture": None if look.channel in BARE else look.said.picture(),
            "sms": length,
            "price": price,
            "currency": None if price is None else "RUB",
        }
    )
