"""The design of a program's cards: in the bot, and in the wallets of phones."""

import re
from typing import Annotated, Any, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from catalog.bilingual import Bilingual
from catalog.entries.colour import Colours
from catalog.entries.design.design_field import BackFieldEntry
from catalog.entries.design.design_rules import again, clashes, of_card, unreadable
from catalog.entries.design.design_variant import LookEntry, VariantEntry
from catalog.entries.values.around import Around
from catalog.entries.values.degrees import Degrees
from catalog.entries.values.entry import Entry
from catalog.entries.values.lists import Listed
from catalog.entries.values.scalars import Flag, Word
from catalog.entries.values.texts import Both, Text
from catalog.entries.values.wrong import all_of, shown, wrong
from catalog.looks.card_design import (
    MOST_BACK,
    MOST_LINKS,
    MOST_LOCATIONS,
    MOST_VARIANTS,
    USUAL_FRONT,
    InPlace,
)
from catalog.wordings.address import is_address

_LONGEST_LINK = 500
_SCHEMES = re.compile(r"tel:\+?[0-9-]{3,20}|mailto:[^\s@?&,;:]{1,64}@[a-z0-9.-]{1,100}|https://\S+")
_BACK = Listed(MOST_BACK, "has {} fields", f"at most {MOST_BACK}")
_LINKS = Listed(MOST_LINKS, "has {} links", f"at most {MOST_LINKS}")
_PLACES = Listed(MOST_LOCATIONS, "has {} places", f"at most {MOST_LOCATIONS}")
VARIANTS = Listed(
    MOST_VARIANTS,
    "has {} variants",
    f"at most {MOST_VARIANTS}",
    by="name",
    at="name",
    again="is {} again",
    once="each name once",
)

_USUAL = tuple(each.shows.value for each in USUAL_FRONT)


def _leads(text: str) -> bool:
    return not text.startswith("https:") or is_address(text)


_URL = Text(
    _LONGEST_LINK,
    wanted="where it leads",
    like=_SCHEMES,
    holds=_leads,
    form="https://lavka.example, tel:+78430000000 or mailto:tea@lavka.example",
)


class LinkEntry(Entry):
    """On the back."""

    label: Annotated[Bilingual, Both(60)] = Field(
        description="What people tap.", examples=[{"ru": "Сайт", "en": "Site"}]
    )
    url: Annotated[str, _URL] = Field(
        description="In the web, by telephone or by mail.", examples=["https://lavka.example"]
    )


class PlaceEntry(Entry):
    """Near which the card offers itself."""

    lat: Annotated[float, Degrees(90)] = Field(description="Degrees north.", examples=[55.7903])
    lon: Annotated[float, Degrees(180)] = Field(description="Degrees east.", examples=[49.1125])
    text: Annotated[Bilingual | None, Both(100)] = Field(
        default=None,
        description="What Apple's phones show there; the brand's name, if left out.",
        examples=[{"ru": "Чай за углом", "en": "Tea round the corner"}],
    )


class DesignEntry(LookEntry, Colours):
    """One design, of which the bot's picture, the pass for Apple's phones and the class and object
    for Google's are made. The two colours are enough."""

    back: Annotated[tuple[BackFieldEntry, ...], _BACK] = Field(
        default=(),
        description="What stands behind the card.",
        examples=[[{"shows": "expires"}]],
    )
    links: Annotated[tuple[LinkEntry, ...], _LINKS] = Field(
        default=(),
        description="Where the back leads.",
        examples=[[{"label": {"ru": "Сайт", "en": "Site"}, "url": "https://lavka.example"}]],
    )
    locations: Annotated[tuple[PlaceEntry, ...], _PLACES] = Field(
        default=(),
        description="Near which the card offers itself, before the brand's stores.",
        examples=[[{"lat": 55.7903, "lon": 49.1125}]],
    )
    stores: Annotated[bool, Flag()] = Field(
        default=True,
        description="Whether the brand's stores are such places too, the nearest ones first.",
    )
    in_place: Annotated[InPlace, Word(InPlace)] = Field(
        default=InPlace.QR,
        description="What Apple's phones show of a barcode that they cannot draw: the same value "
        "as qr or code128, or a picture of the barcode in the place of the strip.",
        examples=["qr"],
    )
    rotating: Annotated[bool, Flag()] = Field(
        default=False,
        description="Whether the barcode in Google's wallet changes by time, for tills that know.",
    )
    variants: Annotated[tuple[VariantEntry, ...], VARIANTS] = Field(
        default=(),
        description="For cards of certain tiers, or people of a segment; the first that fits.",
        examples=[[{"name": "Gold", "tiers": ["Gold"], "primary": "#B8860B"}]],
    )

    @field_validator("ink", "label")
    @classmethod
    def _readable(cls, colour: str | None, info: ValidationInfo) -> str | None:
        if (
            fault := unreadable(info.field_name or "", colour, info.data.get("primary"))
        ) is not None:
            raise fault
        return colour

    @field_validator("back")
    @classmethod
    def _once(
        cls, back: tuple[BackFieldEntry, ...], info: ValidationInfo
    ) -> tuple[BackFieldEntry, ...]:
        """Of what the usual front shows too."""
        front = info.data.get("front", ())
        shown = _USUAL if front is None else [each.called for each in front]
        if found := list(again(back, shown)):
            raise all_of(*(((place, "shows"), fault) for place, fault in found))
        return back

    @field_validator("variants")
    @classmethod
    def _for_somebody(cls, variants: tuple[VariantEntry, ...]) -> tuple[VariantEntry, ...]:
        """Whoever stands in an earlier one never sees the later one."""
        found: list[Any] = []
        tiers: set[str] = set()
        segments: set[str] = set()
        for place, each in enumerate(variants):
            for at, tier in enumerate(each.tiers):
                if tier in tiers:
                    fault = wrong(f"is {shown(tier)} again", "each in one variant")
                    found.append(((place, "tiers", at), fault))
            if each.segment in segments:
                fault = wrong(f"is {shown(each.segment)} again", "each in one variant")
                found.append(((place, "segment"), fault))
            tiers.update(each.tiers)
            segments.update({each.segment} if each.segment else ())
        if found:
            raise all_of(*found)
        return variants

    @model_validator(mode="after")
    def _agrees(self, info: ValidationInfo) -> Self:
        """Between its parts, and with the program that has it."""
        found: list[Any] = [
            (("variants", *way), fault) for way, fault in clashes(self, self.back, self.variants)
        ]
        card = info.context.card if isinstance(info.context, Around) else None
        if card is not None:
            found += of_card(self, card)
        if found:
            raise all_of(*found)
        return self

    @property
    def colours(self) -> Colours:
        return Colours(primary=self.primary, secondary=self.secondary)

    def kept(self) -> dict[str, Any]:
        """As catalog.looks.card_design reads it: what is not set is left out."""
        return self.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
