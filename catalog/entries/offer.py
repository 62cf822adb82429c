"""An offer: what the catalog shows of a brand."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from catalog.bilingual import Bilingual
from catalog.entries.picture import Sha256
from catalog.entries.values.cities import Cities
from catalog.entries.values.entry import Entry
from catalog.entries.values.lists import Listed
from catalog.entries.values.moments import Moment
from catalog.entries.values.scalars import Whole, Word
from catalog.entries.values.texts import Both
from catalog.entries.values.wrong import wrong
from models.offer import OfferStatus

MOST_PICTURES = 10
_PICTURES = Listed(
    MOST_PICTURES,
    "has {} pictures",
    f"at most {MOST_PICTURES}",
    wanted="a list of uploaded pictures",
    again="{} stands twice in pictures",
)


class OfferEntry(Entry):
    """One offer. Its key is where it is entered, after the brand's."""

    benefit: Annotated[Bilingual, Both(80)] = Field(
        description="What people get, in a line.",
        examples=[{"ru": "Пряник в подарок", "en": "A gingerbread for you"}],
    )
    terms: Annotated[Bilingual, Both(3000)] = Field(
        description="Who gets it and when, in several lines.",
        examples=[{"ru": "Один раз, с картой.", "en": "Once, with the card."}],
    )
    pictures: Annotated[tuple[Sha256, ...], _PICTURES] = Field(
        description="Pictures that were uploaded before; the first is shown first.",
        examples=[["0" * 64]],
    )
    cities: Annotated[tuple[str, ...] | None, Cities()] = Field(
        description="Where it holds: `everywhere`, or the keys of cities.",
        examples=["everywhere", ["moscow", "kazan"]],
    )
    starts: Annotated[datetime | None, Moment()] = Field(
        default=None, description="A date or a time; in force from the beginning without it."
    )
    ends: Annotated[datetime | None, Moment(last_day=True)] = Field(
        default=None, description="A date, which still counts, or a time; without it, for good."
    )
    status: Annotated[OfferStatus, Word(OfferStatus)] = Field(
        description="Only what is published is shown.", examples=["published"]
    )
    position: Annotated[int, Whole(0, 1_000_000)] = Field(
        default=100, description="Smaller comes first.", examples=[10]
    )

    @field_validator("ends")
    @classmethod
    def _after_the_start(cls, ends: datetime | None, info: ValidationInfo) -> datetime | None:
        starts = info.data.get("starts")
        if starts and ends and ends <= starts:
            raise wrong("is before starts", "the same day or later")
        return ends
