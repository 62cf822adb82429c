"""What the built-in ledger is to do by itself for a program's cards. Whole points."""

from typing import Annotated

from pydantic import Field, field_validator

from catalog.entries.values.entry import Entry
from catalog.entries.values.lists import Listed
from catalog.entries.values.scalars import Whole, Word
from catalog.entries.values.texts import Text
from catalog.entries.values.wrong import wrong
from catalog.ledger_rules import HOLD_MINUTES, Counted

_MOST_POINTS = 1_000_000
_FAR = 1_000_000_000
_MOST_LEVELS = 10
_LEVELS = Listed(
    _MOST_LEVELS,
    "has {} levels",
    f"1 to {_MOST_LEVELS}",
    least=1,
    wanted="a list of levels",
    by="name",
    at="name",
    again="is {} again",
    once="each level once",
)


class BirthdayEntry(Entry):
    """A bonus for a birthday, which does not last."""

    points: Annotated[int, Whole(1, _MOST_POINTS, "how many points")] = Field(
        description="How many.", examples=[500]
    )
    days_before: Annotated[int, Whole(0, 30)] = Field(
        default=0, description="How many days before the birthday it is given.", examples=[7]
    )
    days_after: Annotated[int, Whole(0, 90)] = Field(
        default=14, description="How many days after the birthday it is gone.", examples=[14]
    )


class TierEntry(Entry):
    """One level of several."""

    name: Annotated[str, Text(64, wanted="the name of the level")] = Field(
        description="Shown on the card, the same in every language.", examples=["Gold"]
    )
    least: Annotated[int, Whole(0, _FAR, "from how many points on")] = Field(
        description="From how many points on, counted over the months.", examples=[1000]
    )


class TiersEntry(Entry):
    """Levels that people reach by what they collect or spend."""

    by: Annotated[Counted, Word(Counted)] = Field(
        description="Which points count: accrued for purchases, or spent.", examples=["accrued"]
    )
    months: Annotated[int, Whole(1, 36, "how many months count")] = Field(
        description="How many months back are counted.", examples=[12]
    )
    levels: Annotated[tuple[TierEntry, ...], _LEVELS] = Field(
        description="From the lowest to the highest.",
        examples=[[{"name": "Silver", "least": 0}, {"name": "Gold", "least": 1000}]],
    )

    @field_validator("levels")
    @classmethod
    def _rising(cls, levels: tuple[TierEntry, ...]) -> tuple[TierEntry, ...]:
        least = [level.least for level in levels]
        if least != sorted(set(least)):
            raise wrong("do not rise", "each level with a higher least than the one before")
        return levels


class LedgerEntry(Entry):
    """Bonuses, how long points last, tiers."""

    welcome: Annotated[int, Whole(0, _MOST_POINTS)] = Field(
        default=0, description="Points that a new card begins with.", examples=[200]
    )
    birthday: BirthdayEntry | None = Field(
        default=None, description="A bonus for the birthday; the questionnaire asks birth_date."
    )
    lot_days: Annotated[int | None, Whole(1, 3650)] = Field(
        default=None, description="How many days points last; for ever, if left out.",
        examples=[365],
    )  # fmt: skip
    hold_minutes: Annotated[int, Whole(1, 43_200)] = Field(
        default=HOLD_MINUTES,
        description="After how many minutes what was set aside goes back by itself.",
        examples=[1440],
    )
    tiers: TiersEntry | None = Field(default=None, description="Levels, if there are any.")
