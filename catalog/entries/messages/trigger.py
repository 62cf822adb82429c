"""A trigger: what happens, to whom it is meant, when and what is said."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from catalog.entries.messages.cascade import CASCADE, StepEntry
from catalog.entries.messages.content import ContentEntry
from catalog.entries.messages.segment import Audience
from catalog.entries.messages.template import ERID, INN
from catalog.entries.values.amount import Amount
from catalog.entries.values.around import around
from catalog.entries.values.entry import Entry
from catalog.entries.values.key import is_field_key
from catalog.entries.values.lists import Listed
from catalog.entries.values.moments import Moment
from catalog.entries.values.scalars import Flag, Whole, Word
from catalog.entries.values.texts import Item, Text
from catalog.entries.values.wrong import all_of, missing, wrong
from catalog.trigger_values import NEEDED, OTHERWISE, values_of_event
from catalog.wordings.lengths import label_room
from catalog.wordings.variables import STANDARD
from models.card import CardOrigin
from models.channel import ChannelName
from models.message_purpose import MessagePurpose
from models.trigger import TriggerEvent

MONTH = 30 * 24 * 60
_MOST = 20


def _own_value(name: str) -> str:
    if name in STANDARD:
        return "names that no variable of everybody has"
    return "" if is_field_key(name) else "small Latin letters, digits and _, at most 24"


def _some(of: str) -> Listed:
    return Listed(_MOST, "has {} items", f"at most {_MOST}", again=f"{{}} stands twice in {of}")


class WhenEntry(Entry):
    """What happens. Each event has options of its own."""

    expected: ClassVar[str] = "an event and its options"

    event: Annotated[TriggerEvent, Word(TriggerEvent)] = Field(
        description="Which event; docs/messages.md tells of each.", examples=["order_status"]
    )
    statuses: Annotated[tuple[Annotated[str, Item("statuses", 64)], ...], _some("statuses")] = (
        Field(
            default=(), description="Of an order: as its source calls them.", examples=[["ready"]]
        )
    )
    above: Annotated[Decimal | None, Amount()] = Field(
        default=None, description="Of a balance: an amount.", examples=["600"]
    )
    days: Annotated[int | None, Whole(1, 365)] = Field(
        default=None, description="How long a card has lain about.", examples=[14]
    )
    days_before: Annotated[int | None, Whole(0, 90)] = Field(
        default=None, description="Before a birthday, or before points end.", examples=[7]
    )
    origins: Annotated[tuple[Annotated[CardOrigin, Word(CardOrigin)], ...], _some("origins")] = (
        Field(default=(), description="Of a card; none: any.", examples=[["issued"]])
    )
    tiers: Annotated[tuple[Annotated[str, Item("tiers", 64)], ...], _some("tiers")] = Field(
        default=(), description="Which ones are told; none: any.", examples=[["Gold"]]
    )
    radius_m: Annotated[int | None, Whole(50, 5000)] = Field(
        default=None,
        description="How near a store is, in metres, where it has no radius of its own.",
        examples=[300],
    )
    hours: Annotated[int | None, Whole(1, 8760)] = Field(
        default=None, description="Once per store in so many hours.", examples=[24]
    )
    name: Annotated[str, Text(64)] = Field(
        default="", description="Of an event of your own system.", examples=["cart_left"]
    )
    values: Annotated[
        tuple[Annotated[str, Item("values", 24, unknown=_own_value)], ...], _some("values")
    ] = Field(
        default=(),
        description="Of an event of your own system: what it may tell, to be said in the text.",
        examples=[["product"]],
    )

    @model_validator(mode="after")
    def _of_the_event(self) -> Self:
        found = [*self._mistakes()]
        if found:
            raise all_of(*found)
        return self

    def _mistakes(self) -> Iterator[Any]:
        known = {*NEEDED.get(self.event, ()), *OTHERWISE.get(self.event, {})}
        for name, value in self:
            if name != "event" and name not in known and value not in (None, "", ()):
                yield (name,), wrong(f"is no option of {self.event}", "options of this event")
        for name in NEEDED.get(self.event, ()):
            if getattr(self, name) in (None, "", ()):
                yield (name,), missing("what the event needs")

    def options(self) -> dict[str, Any]:
        """As they are kept."""
        told = {name: _plain(value) for name, value in self if value not in (None, "", ())}
        del told["event"]
        return {**OTHERWISE.get(self.event, {}), **told}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [str(each) for each in value]
    return f"{value:f}" if isinstance(value, Decimal) else value


class CapEntry(Entry):
    """How often it speaks to one person."""

    expected: ClassVar[str] = "most and days"

    most: Annotated[int, Whole(1, 100)] = Field(description="So many times.", examples=[1])
    days: Annotated[int, Whole(1, 365)] = Field(description="In so many days.", examples=[7])


class TriggerEntry(Entry):
    """Its key is where it is entered. It is checked as a whole."""

    name: Annotated[str, Text(200, wanted="what it is called among yourselves")] = Field(
        description="Among yourselves; people do not see it.", examples=["Order is ready"]
    )
    when: WhenEntry = Field(description="What happens.")
    purpose: Annotated[MessagePurpose, Word(MessagePurpose)] = Field(
        description="promo needs consent and carries the label of advertising; service is about "
        "the card; transaction is what somebody waits for.",
        examples=["transaction"],
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
    content: ContentEntry = Field(description="What is said.")
    audience: Audience
    delay_minutes: Annotated[int, Whole(0, MONTH)] = Field(
        default=0, description="So long after it happened; of days, after midnight.", examples=[30]
    )
    stale_minutes: Annotated[int | None, Whole(1, MONTH)] = Field(
        default=None,
        description="Later than this nothing is said any more; without it as the event has it.",
        examples=[120],
    )
    cap: CapEntry | None = Field(default=None, description="Without it every time.")
    starts: Annotated[datetime | None, Moment()] = Field(
        default=None, description="A date or a time; from when it is switched on without it."
    )
    ends: Annotated[datetime | None, Moment(last_day=True)] = Field(
        default=None, description="A date, which still counts, or a time; without it, for good."
    )
    cascade: Annotated[tuple[StepEntry, ...], CASCADE] = Field(
        default=(StepEntry(channel=ChannelName.TELEGRAM),),
        description="Channels in the order in which they are tried: the first one that a person "
        "allows and that finds them, and the next ones while it does not arrive.",
        examples=[[{"channel": "telegram", "wait_minutes": 60, "arrived": "clicked"}]],
    )
    quiet: Annotated[bool, Flag()] = Field(
        default=True, description="Of promo: whether quiet hours are kept."
    )
    capped: Annotated[bool, Flag()] = Field(
        default=True, description="Of promo: whether the caps of advertising hold for it."
    )

    @field_validator("content", mode="wrap")
    @classmethod
    def _with_its_values(cls, given: Any, _handler: Any, info: ValidationInfo[Any]) -> ContentEntry:
        """The text may say what the event tells, and has room for the label of who advertises."""
        known, when = around(info), info.data.get("when")
        more = values_of_event(when.event, when.values) if when is not None else {}
        advertiser = info.data.get("advertiser")
        room = label_room(advertiser) if advertiser else known.label_room
        inside = replace(known, variables={**known.variables, **more}, label_room=room)
        return ContentEntry.model_validate(given, context=inside)

    @field_validator("ends")
    @classmethod
    def _after_the_start(cls, ends: datetime | None, info: ValidationInfo) -> datetime | None:
        starts = info.data.get("starts")
        if starts and ends and ends <= starts:
            raise wrong("is before starts", "the same day or later")
        return ends

    @model_validator(mode="after")
    def _law(self) -> Self:
        found = [*self._of_law()]
        if found:
            raise all_of(*found)
        return self

    def _of_law(self) -> Iterator[Any]:
        if self.purpose is not MessagePurpose.PROMO:
            for name in ("advertiser", "inn", "erid"):
                if getattr(self, name):
                    yield (name,), wrong("is for advertising alone", "none, or the purpose promo")
        elif self.advertiser and not self.inn:
            yield ("inn",), wrong("is missing", "the INN of the advertiser")
