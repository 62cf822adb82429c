"""What is said to move points of a card, and what is told of it."""

import re
from typing import Annotated

from pydantic import BaseModel, Field

from backend.ledger.order import LONGEST_KEY, LONGEST_REASON
from catalog.entries.points import Points
from catalog.entries.values.entry import Entry
from catalog.entries.values.scalars import Whole
from catalog.entries.values.texts import Text

_KEY = Text(
    LONGEST_KEY,
    wanted="the posting's key",
    like=re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}"),
    form="letters, digits and . _ : -, at most 100",
)
Id = Annotated[int, Whole(1, 10**12 - 1)]
Amount = Annotated[int, Points()]


class PostingShown(BaseModel):
    """What was posted, and what stands afterwards. Decimal texts."""

    id: int = Field(description="Of the posting; a hold is known by it.")
    amount: str = Field(description="What was moved.")
    balance: str = Field(description="What may be spent now.")
    held: str = Field(description="What is set aside now.")
    new: bool = Field(description="false: its key came before, and nothing was done again.")


class MovementShown(BaseModel):
    """What moved the points of a card."""

    id: int = Field(description="Of the posting.")
    kind: str = Field(
        description="accrue, welcome, birthday, spend, hold, capture, release, reverse, expire, "
        "correct or close."
    )
    amount: str = Field(description="What was posted.")
    change: str = Field(description="What may be spent more or less since.")
    reason: str | None = Field(default=None, description="As the owner sees it.")
    key: str = Field(description="By which it was posted; of the house with a ~.")
    of: int | None = Field(default=None, description="The posting or the hold that it is about.")
    at: str = Field(description="When.")


class Moved(Entry):
    """Of every posting."""

    key: Annotated[str, _KEY] = Field(
        description="Yours, unique per card: the same posting again under it changes nothing.",
        examples=["1841"],
    )
    reason: Annotated[str, Text(LONGEST_REASON)] = Field(
        default="", description="Shown to the owner.", examples=["Receipt 1841"]
    )


class Some(Moved):
    """So many points."""

    amount: Amount = Field(description="A decimal text.", examples=["150.00"])


class PutRight(Moved):
    """So many points more, or less."""

    amount: Annotated[int, Points(signed=True)] = Field(
        description="A decimal text; with a minus it is taken away.", examples=["-150.00"]
    )
    reason: Annotated[str, Text(LONGEST_REASON, wanted="the reason")] = Field(
        description="Shown to the owner.", examples=["Given twice"]
    )


class OfHold(Moved):
    """All that a hold has set aside."""

    hold: Id = Field(description="The id of the posting that set it aside.", examples=[9100])


class SomeOfHold(OfHold):
    """So many of the points that a hold has set aside; the rest goes back."""

    amount: Amount | None = Field(
        default=None, description="A decimal text; all of it, if left out.", examples=["150.00"]
    )


class OfPosting(Moved):
    """A posting, whole or in part."""

    posting: Id = Field(description="The id of what is taken back.", examples=[9100])
    amount: Amount | None = Field(
        default=None, description="A decimal text; all that is left, if left out.",
        examples=["150.00"],
    )  # fmt: skip
