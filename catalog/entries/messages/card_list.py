"""A list of cards, by their numbers."""

from typing import Annotated

from pydantic import Field

from catalog.entries.values.entry import Entry
from catalog.entries.values.lists import Listed
from catalog.entries.values.texts import Item, Text

MOST = 10_000
LONGEST_NUMBER = 128


class CardListEntry(Entry):
    """Numbers as people read them, or as they are scanned."""

    name: Annotated[str, Text(200)] = Field(
        description="By which people find it.", examples=["Guests of the winter fair"]
    )
    numbers: Annotated[
        tuple[Annotated[str, Item("numbers", LONGEST_NUMBER)], ...] | None,
        Listed(MOST, "has {} numbers", f"at most {MOST}"),
    ] = Field(
        default=None,
        description=f"At most {MOST} here, more as a file; left out, the cards stay.",
        examples=[["4600 0000 0001 5"]],
    )
