"""How a card looks for some: those of a tier, or of a segment."""

from typing import Annotated, Any

from pydantic import Field, ValidationInfo, ValidatorFunctionWrapHandler, field_validator

from catalog.entries.colour import Colour
from catalog.entries.design.design_field import FrontFieldEntry, crowded
from catalog.entries.design.design_rules import again, unkept
from catalog.entries.picture import LOGO, STRIP, Bounds, Sha256
from catalog.entries.values.around import Around
from catalog.entries.values.entry import Entry
from catalog.entries.values.lists import Listed
from catalog.entries.values.suggest import one_of
from catalog.entries.values.texts import Item, Text
from catalog.entries.values.wrong import all_of, missing, shown, wrong

MOST_FRONT = 8
_MOST_TIERS = 10
FRONT = Listed(MOST_FRONT, "has {} fields", f"at most {MOST_FRONT}")
_TIERS = Listed(
    _MOST_TIERS, "has {} tiers", f"at most {_MOST_TIERS}", again="{} stands twice in tiers"
)
Front = Annotated[tuple[FrontFieldEntry, ...], FRONT]


class LookEntry(Entry):
    """What a design and a variant both may say."""

    ink: Colour | None = Field(
        default=None,
        description="Of the values; chosen by contrast, if left out.",
        examples=["#FFFFFF"],
    )
    label: Colour | None = Field(
        default=None, description="Of the fields' names; as ink, if left out.", examples=["#F4C95D"]
    )
    logo: Sha256 | None = Field(
        default=None,
        description="A square picture that was uploaded before; the brand's own, if left out.",
    )
    strip: Sha256 | None = Field(
        default=None,
        description="A picture across the card, uploaded by `POST /pictures?purpose=strip`.",
    )
    front: Front | None = Field(
        default=None,
        description="What stands on the card; balance, holder, tier and number, if left out.",
        examples=[[{"place": "header", "shows": "balance"}]],
    )

    @field_validator("logo", "strip")
    @classmethod
    def _kept(cls, sha256: str | None, info: ValidationInfo) -> str | None:
        bounds: Bounds = LOGO if info.field_name == "logo" else STRIP
        kept = info.context.pictures if isinstance(info.context, Around) else None
        if sha256 is not None and (fault := unkept(sha256, bounds, kept)) is not None:
            raise fault
        return sha256

    @field_validator("front")
    @classmethod
    def _fits(cls, front: Front | None) -> Front | None:
        if what := crowded(front or ()):
            raise wrong(what, "3 header, 1 primary, 4 secondary and auxiliary at most")
        if found := list(again(front or ())):
            raise all_of(*(((place, "shows"), fault) for place, fault in found))
        return front


class VariantEntry(LookEntry):
    """What it says stands in place of what the design says. Of several that fit a card the first
    counts."""

    name: Annotated[str, Text(60, wanted="what it is called among yourselves")] = Field(
        description="Among yourselves.", examples=["Gold"]
    )
    tiers: Annotated[tuple[Annotated[str, Item("tiers", 64)], ...], _TIERS] = Field(
        default=(), description="Cards of these tiers have it.", examples=[["Gold"]]
    )
    segment: Annotated[str | None, Text(64)] = Field(
        default=None,
        validate_default=True,
        description="The key of a segment: its people have it.",
        examples=["kazan-asleep"],
    )
    primary: Colour | None = Field(
        default=None, description="The ground of the card.", examples=["#B8860B"]
    )
    secondary: Colour | None = Field(
        default=None, description="What stands out on it.", examples=["#FFF3C4"]
    )

    @field_validator("segment", mode="wrap")
    @classmethod
    def _of_somebody(
        cls, given: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> str | None:
        if given is None:
            if info.data.get("tiers") == ():
                raise missing("tiers or a segment, whose cards it is for")
            return None
        segment = str(handler(given))
        known = info.context.segments if isinstance(info.context, Around) else None
        if known is not None and segment not in known:
            expected = one_of(known, segment) if known else "none: there is no segment yet"
            raise wrong(f"is {shown(segment)}, which is unknown", expected)
        return segment
