"""A campaign: what is said to whom, by which channels, when."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from catalog.entries.messages.cascade import CASCADE, StepEntry
from catalog.entries.messages.content import ContentEntry
from catalog.entries.messages.messaging import TIME
from catalog.entries.messages.segment import Audience
from catalog.entries.messages.template import ERID, INN
from catalog.entries.values.entry import Entry
from catalog.entries.values.key import KEY
from catalog.entries.values.lists import Listed
from catalog.entries.values.scalars import Flag, Whole, Word
from catalog.entries.values.texts import Text
from catalog.entries.values.wrong import all_of, missing, wrong
from catalog.repeats import Every
from catalog.wordings.lengths import label_room
from models.channel import ChannelName
from models.message_purpose import MessagePurpose

ALL = 100
MOST_VARIANTS = 10
_PURPOSES = (MessagePurpose.PROMO, MessagePurpose.SERVICE)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


_DAY = Text(
    10,
    like=re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    holds=_is_day,
    form="a day such as 2026-12-31",
)
_LONGEST_WAIT = 30 * 24 * 60
_FORM = "lower-case Latin letters, digits and hyphens, at most 64 characters"
_TEMPLATE = Text(64, like=KEY, form=_FORM)
_SEGMENT = Text(64, like=KEY, form=_FORM)
_GROUP = Text(64, like=KEY, form=_FORM)
_VARIANTS = Listed(
    MOST_VARIANTS,
    "has {} wordings",
    f"1 to {MOST_VARIANTS}",
    least=1,
    wanted="a list of wordings",
    by="name",
    at="name",
    again="is {} again",
)


class VariantEntry(Entry):
    """One of the wordings, and how many of a hundred get it."""

    name: Annotated[str, Text(40, wanted="a name such as A")] = Field(
        description="By which reports call it.", examples=["A"]
    )
    share: Annotated[int, Whole(1, ALL)] = Field(
        default=ALL, description="Of a hundred; all of them together make a hundred.", examples=[50]
    )
    template: Annotated[str, _TEMPLATE] = Field(
        default="",
        description="The key of a template. What it says is taken over now.",
        examples=["spring-sale"],
    )
    content: ContentEntry | None = Field(
        default=None, description="What is said; beside a template it is said instead."
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.template and self.content is None:
            raise all_of((("content",), missing("a template or a content")))
        return self


class RepeatsEntry(Entry):
    """Again and again, by the clock of the account."""

    every: Annotated[Every, Word(Every)] = Field(
        description="day, week or month.", examples=["week"]
    )
    at: Annotated[str, TIME] = Field(description="The time of the day.", examples=["10:00"])
    weekday: Annotated[int | None, Whole(1, 7)] = Field(
        default=None, description="Of a week, from 1, Monday.", examples=[5]
    )
    day: Annotated[int | None, Whole(1, 31)] = Field(
        default=None, description="Of a month; of a shorter one the last.", examples=[1]
    )
    until: Annotated[str | None, _DAY] = Field(
        default=None, description="The last day on which it may begin.", examples=["2027-03-31"]
    )

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        for name, unit in (("weekday", Every.WEEK), ("day", Every.MONTH)):
            given = getattr(self, name) is not None
            if given and self.every is not unit:
                told = wrong(f"stands beside every: {self.every}", f"every: {unit}")
                raise all_of(((name,), told))
            if not given and self.every is unit:
                raise all_of(((name,), missing("which day of it")))
        return self


class PaidEntry(Entry):
    """What a quicker way in Telegram may cost: a tenth of a Star a message at most."""

    most_stars: Annotated[int, Whole(1, 1_000_000)] = Field(
        description="So many Telegram Stars at most; what they do not suffice for leaves unpaid.",
        examples=[9700],
    )


class CampaignEntry(Entry):
    """What is said to whom, by which channels, when. It is checked as a whole."""

    name: Annotated[str, Text(200, wanted="what it is called among yourselves")] = Field(
        description="Among yourselves; people do not see it.", examples=["Spring sale, Kazan"]
    )
    purpose: Annotated[MessagePurpose, Word(_PURPOSES)] = Field(
        default=MessagePurpose.PROMO,
        description="promo goes to whoever allows advertising, with its label; service goes to "
        "whoever carries the card, and is about it.",
        examples=["promo"],
    )
    segment: Annotated[str, _SEGMENT] = Field(
        default="",
        description="The key of a segment. Whom it means is taken over now.",
        examples=["kazan-quiet"],
    )
    audience: Audience
    variants: Annotated[tuple[VariantEntry, ...], _VARIANTS] = Field(
        description="What is said; of several, each to its share of the people.",
        examples=[[{"name": "A", "template": "spring-sale"}]],
    )
    cascade: Annotated[tuple[StepEntry, ...], CASCADE] = Field(
        default=(StepEntry(channel=ChannelName.TELEGRAM),),
        description="Channels in the order in which they are tried: the first one that a person "
        "allows and that finds them, and the next ones while it does not arrive.",
        examples=[[{"channel": "telegram", "wait_minutes": 60, "arrived": "clicked"}]],
    )
    cheapest_first: Annotated[bool, Flag()] = Field(
        default=False, description="Whether the order is that of the prices instead."
    )
    stale_minutes: Annotated[int | None, Whole(1, _LONGEST_WAIT)] = Field(
        default=None,
        description="So long after it was written down no further channel is tried.",
        examples=[1440],
    )
    holdout: Annotated[int, Whole(0, 90)] = Field(
        default=0,
        description="Of a hundred people, how many are told nothing, to compare with the others.",
        examples=[10],
    )
    group: Annotated[str, _GROUP] = Field(
        default="",
        description="A name of yours: in the brand's campaigns of one group a person is always "
        "held out or never, and gets the same of several wordings.",
        examples=["autumn"],
    )
    quiet: Annotated[bool, Flag()] = Field(
        default=True, description="Whether quiet hours are kept; advertising always keeps them."
    )
    capped: Annotated[bool, Flag()] = Field(
        default=True, description="Whether it counts against the caps of advertising, and for them."
    )
    repeats: RepeatsEntry | None = Field(
        default=None, description="When it comes again and again; each time is one of its `runs`."
    )
    paid: PaidEntry | None = Field(
        default=None,
        description="Of promo by Telegram: to pay for a quicker way. It has to be approved.",
    )
    advertiser: Annotated[str, Text(300)] = Field(
        default="", description="Of promo: who advertises; without it the account."
    )
    inn: Annotated[str, INN] = Field(
        default="", description="Of promo: the advertiser's INN; without it the account's."
    )
    erid: Annotated[str, ERID] = Field(
        default="",
        description="Of promo: the identifier of the advertising, where there is one.",
        examples=["2VtzqwXYZ"],
    )

    @field_validator("variants")
    @classmethod
    def _a_hundred(cls, variants: tuple[VariantEntry, ...]) -> tuple[VariantEntry, ...]:
        total = sum(each.share for each in variants)
        if variants and total != ALL:
            raise wrong(f"have shares of {total} together", f"{ALL} together")
        return variants

    @model_validator(mode="after")
    def _paid_for(self) -> Self:
        by_telegram = any(each.channel is ChannelName.TELEGRAM for each in self.cascade)
        if self.paid and not (by_telegram and self.purpose is MessagePurpose.PROMO):
            told = wrong("is for advertising by Telegram alone", "none, or promo by telegram")
            raise all_of((("paid",), told))
        return self

    @model_validator(mode="after")
    def _law(self, info: ValidationInfo[Any]) -> Self:
        found = [*self._of_law(info)]
        if found:
            raise all_of(*found)
        return self

    def _of_law(self, info: ValidationInfo[Any]) -> Iterator[Any]:
        if self.purpose is not MessagePurpose.PROMO:
            for name in ("advertiser", "inn", "erid"):
                if getattr(self, name):
                    yield (name,), wrong("is for advertising alone", "none, or the purpose promo")
        elif self.advertiser and not self.inn:
            yield ("inn",), wrong("is missing", "the INN of the advertiser")
        elif self.advertiser:
            room = label_room(self.advertiser)
            for place, each in enumerate(self.variants):
                content = each.content
                for way, told in [] if content is None else content.too_long(room, info):
                    yield ("variants", place, "content", *way), told
