"""What an account's own system tells of people and products, as it is entered."""

import re
from datetime import datetime
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, Field, model_validator

from backend.triggers.named_people import PersonNamed
from backend.triggers.tell_events import ORDER
from backend.web.api.queries import ListQuery
from catalog.entries.messages.template import Values
from catalog.entries.values.contacts import Phone
from catalog.entries.values.entry import Entry
from catalog.entries.values.lists import Listed
from catalog.entries.values.moments import Moment
from catalog.entries.values.scalars import Flag, Whole
from catalog.entries.values.texts import Text
from catalog.entries.values.wrong import all_of, missing, wrong
from models.trigger import LONGEST_PRODUCT, LONGEST_TITLE

MOST_EVENTS = 100
_EVENTS = Listed(MOST_EVENTS, "has {} events", f"1 to {MOST_EVENTS}", least=1, wanted="events")
_ITEMS = Listed(MOST_EVENTS, "has {} products", f"1 to {MOST_EVENTS}", least=1, wanted="products")
_BRAND = Annotated[
    str,
    Text(64, wanted="a brand of this account"),
    Field(description="The key of the brand.", examples=["lavka"]),
]
_PRODUCT = Annotated[
    str,
    Text(
        LONGEST_PRODUCT,
        wanted="the product's key",
        like=re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*"),
        form="letters, digits and . _ -, at most 64",
    ),
    Field(description="By which your system knows it.", examples=["boots-38"]),
]
_TITLE = Annotated[
    str,
    Text(LONGEST_TITLE, wanted="what people call it"),
    Field(description="As people read it.", examples=["Ботинки, 38"]),
]


class PersonEntry(Entry):
    """Of one person: by one of three."""

    customer: Annotated[int | None, Whole(1, 10**12 - 1)] = Field(
        default=None, description="The id of the customer.", examples=[7301]
    )
    card: Annotated[str, Text(128)] = Field(
        default="", description="The number of their card of the brand.", examples=["20000042"]
    )
    phone: Annotated[str, Phone()] = Field(
        default="",
        description="Of who has confirmed it and lets you know it.",
        examples=["+79161234567"],
    )

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(map(bool, (self.customer, self.card, self.phone))) != 1:
            raise all_of((("customer",), wrong("is none or several", "customer, card or phone")))
        return self

    def named(self) -> PersonNamed:
        return PersonNamed(self.customer or 0, self.card, self.phone)


class EventEntry(PersonEntry):
    """Something has happened to somebody."""

    expected: ClassVar[str] = "an event and whose it is"

    name: Annotated[str, Text(64, wanted="what has happened")] = Field(
        description="As triggers name it; `order_status` has the values `order` and `status`.",
        examples=["cart_left"],
    )
    id: Annotated[str, Text(64)] = Field(
        default="",
        description="Yours: the same event again under it is none.",
        examples=["cart-551"],
    )
    at: Annotated[datetime | None, Moment()] = Field(
        default=None, description="When; now without it. What is older than what is known counts "
        "for nothing.",
    )  # fmt: skip
    values: Annotated[dict[str, str], Values()] = Field(
        default_factory=dict,
        description="What the text may say. Nothing that says who the person is.",
        examples=[{"product": "Чай"}],
    )

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.name == ORDER:
            lacking = [name for name in ("order", "status") if not self.values.get(name)]
            if lacking:
                told = missing("values: order and status")
                raise all_of(*((("values", name), told) for name in lacking))
        return self


class EventsTold(Entry):
    """What has happened to people of one brand."""

    brand: _BRAND
    events: Annotated[tuple[EventEntry, ...], _EVENTS] = Field(
        description="At most 100.",
        examples=[[{"name": "cart_left", "card": "20000042", "values": {"product": "Чай"}}]],
    )


class EventsTaken(BaseModel):
    """What has become of them."""

    taken: int = Field(description="Events of people who are known.", examples=[1])
    unknown: list[int] = Field(
        description="Places in the list, from 0, of those of nobody who is known."
    )
    turns: int = Field(description="How many people are to be told something.", examples=[1])


class StockEntry(Entry):
    """A product, and whether it can be bought."""

    expected: ClassVar[str] = "a product, its title and whether it can be bought"

    product: _PRODUCT
    title: _TITLE
    in_stock: Annotated[bool, Flag()] = Field(description="Whether it can be bought.")
    at: Annotated[datetime | None, Moment()] = Field(
        default=None, description="As of when; now without it. What is older than what is known "
        "changes nothing.",
    )  # fmt: skip


class StockTold(Entry):
    """What can be bought of one brand."""

    brand: _BRAND
    items: Annotated[tuple[StockEntry, ...], _ITEMS] = Field(description="At most 100.")


class StockTaken(BaseModel):
    """What has become of it."""

    news: int = Field(description="How many were newer than what was known.", examples=[1])


class WatchMade(PersonEntry):
    """Somebody wants to be told when a product is back."""

    brand: _BRAND
    product: _PRODUCT
    title: _TITLE


class WatchShown(BaseModel):
    """Somebody waits for a product."""

    id: int | None = Field(default=None, description="Of the waiting; none if it is in stock.")
    brand: str = Field(description="The key of the brand.", examples=["lavka"])
    product: str = Field(description="The product's key.", examples=["boots-38"])
    title: str = Field(description="As people read it.", examples=["Ботинки, 38"])
    customer: int = Field(description="The id of the customer.", examples=[7301])
    in_stock: bool = Field(description="It can be bought now, and nobody waits.")
    created_at: str | None = Field(default=None, description="Since when.")


class WatchesQuery(ListQuery):
    """Which of them."""

    brand: Annotated[str | None, Text(64)] = Field(
        default=None, description="Only of this brand.", examples=["lavka"]
    )


def when(at: datetime | None, now: datetime) -> datetime:
    """Nothing has happened yet that is to come."""
    return now if at is None else min(at, now)


EVENT: dict[str, Any] = {
    "name": "cart_left", "id": "cart-551", "card": "20000042", "values": {"product": "Чай"},
}  # fmt: skip
STOCK: dict[str, Any] = {"product": "boots-38", "title": "Ботинки, 38", "in_stock": True}
WATCH: dict[str, Any] = {
    "id": 41,
    "brand": "lavka",
    "product": "boots-38",
    "title": "Ботинки, 38",
    "customer": 7301,
    "in_stock": False,
    "created_at": "2026-11-28T09:00:00Z",
}
