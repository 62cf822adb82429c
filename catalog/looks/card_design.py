"""How a program's card looks: one design, of which the bot's picture, Apple's pass and Google's
class and object are made. What was entered (catalog.entries.design.design) is kept as JSON and read
here.

A variant is for cards of certain tiers, or for people of a segment: what it says stands in place
of what the design says. Of several that fit the first counts.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from catalog.bilingual import Bilingual
from catalog.looks.colours import ink_on
from models.barcode_format import BarcodeFormat
from models.card_design import CardDesign
from models.program import Program

MOST_VARIANTS = 20
MOST_BACK = 20
MOST_LINKS = 10
# Of either wallet; Google has as many again on the class.
MOST_LOCATIONS = 10


class Place(StrEnum):
    """Of Apple's store card."""

    HEADER = "header"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    AUXILIARY = "auxiliary"
    BACK = "back"


# How many fields there may be of which places together.
PLACES: tuple[tuple[tuple[Place, ...], int], ...] = (
    ((Place.HEADER,), 3),
    ((Place.PRIMARY,), 1),
    ((Place.SECONDARY, Place.AUXILIARY), 4),
)


class Shows(StrEnum):
    """What stands in a field. OWN is one of the program's card_fields, TEXT the design's own."""

    BALANCE = "balance"
    TIER = "tier"
    HOLDER = "holder"
    NUMBER = "number"
    EXPIRES = "expires"
    OWN = "own"
    TEXT = "text"


class InPlace(StrEnum):
    """What a wallet shows that cannot draw the card's own symbology: the same value as QR or Code
    128, or the barcode as a picture on the strip."""

    QR = "qr"
    CODE128 = "code128"
    PICTURE = "picture"


# What Apple's phones draw themselves.
OF_APPLE = frozenset(
    {BarcodeFormat.QR, BarcodeFormat.CODE128, BarcodeFormat.PDF417, BarcodeFormat.AZTEC}
)
# What can stand in a barcode that changes by time, in Google's.
ROTATING = frozenset({BarcodeFormat.QR, BarcodeFormat.PDF417})


@dataclass(frozen=True, slots=True)
class PassField:
    """`own` is the key of a card field, `text` what stands there; `label` in place of the usual
    one. `change` is told when the value changes, with `{value}` where the new one stands; without
    it the phone stays silent. `number`: its place in the front's list, or in the back's."""

    place: Place
    shows: Shows
    own: str = ""
    label: Bilingual | None = None
    text: Bilingual | None = None
    change: Bilingual | None = None
    number: int = 0

    @property
    def key(self) -> str:
        """Of its own on the whole card, on which many texts may stand."""
        if self.shows is Shows.TEXT:
            return f"{self.shows}_{self.place}_{self.number}"
        return f"{self.shows}_{self.own}" if self.own else str(self.shows)


@dataclass(frozen=True, slots=True)
class DesignLink:
    """`url`: https, tel or mailto."""

    label: Bilingual
    url: str


@dataclass(frozen=True, slots=True)
class DesignLocation:
    """Near which the card offers itself; `text` is what Apple shows then."""

    latitude: float
    longitude: float
    text: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What can differ between variants. Colours are #RRGGBB; pictures are SHA-256 of what is kept
    (models.media), None: the brand's own logo, no strip. `label` is of the fields' names; None:
    chosen by contrast, as `ink` is. `variant`: whose look it is; "": the design's own."""

    primary: str
    secondary: str
    ink: str | None = None
    label: str | None = None
    logo: str | None = None
    strip: str | None = None
    front: tuple[PassField, ...] = ()
    variant: str = ""

    @property
    def words(self) -> str:
        """The colour of the values."""
        return self.ink or ink_on(self.primary)

    @property
    def names(self) -> str:
        """The colour of the fields' names."""
        return self.label or self.words


@dataclass(frozen=True, slots=True)
class Variant:
    """`look` whole: the design's own with what the variant says in its place."""

    name: str
    look: Look
    tiers: frozenset[str] = frozenset()
    segment: str = ""


@dataclass(frozen=True, slots=True)
class CardDesignKept:
    """`number`: of the version, 0 of a program that has only colours. `stores`: the brand's
    stores are locations too, the nearest ones first as far as there is room. `rotating`: the
    barcode of Google's card changes by time."""

    number: int
    look: Look
    variants: tuple[Variant, ...] = ()
    back: tuple[PassField, ...] = ()
    links: tuple[DesignLink, ...] = ()
    locations: tuple[DesignLocation, ...] = ()
    stores: bool = True
    in_place: InPlace = InPlace.QR
    rotating: bool = False

    def segments(self) -> frozenset[str]:
        """Keys of those that must be asked about a person."""
        return frozenset(each.segment for each in self.variants if each.segment)

    def look_for(self, tier: str, segments: Collection[str] = ()) -> Look:
        """`segments`: keys of those that the card's owner is in."""
        for variant in self.variants:
            if (tier and tier in variant.tiers) or (variant.segment in segments):
                return variant.look
        return self.look


USUAL_FRONT = (
    PassField(Place.HEADER, Shows.BALANCE),
    PassField(Place.SECONDARY, Shows.HOLDER),
    PassField(Place.SECONDARY, Shows.TIER),
    PassField(Place.AUXILIARY, Shows.NUMBER),
)


def design_read(number: int, kept: Mapping[str, Any]) -> CardDesignKept:
    """What was checked when it was entered, so nothing is checked here."""
    look = _look(kept)
    return CardDesignKept(
        number,
        look,
        tuple(_variant(each, kept) for each in kept.get("variants", ())),
        _fields(kept.get("back", ())),
        tuple(DesignLink(_both(each["label"]), each["url"]) for each in kept.get("links", ())),
        tuple(_location(each) for each in kept.get("locations", ())),
        bool(kept.get("stores", True)),
        InPlace(kept.get("in_place", InPlace.QR)),
        bool(kept.get("rotating", False)),
    )


def said_of(program: Program, row: CardDesign | None) -> Mapping[str, Any]:
    """What is kept of a version; of a program without any its colours."""
    if row is not None:
        return row.design
    return {"primary": program.primary_color, "secondary": program.secondary_color}


def design_of_colours(primary: str, secondary: str) -> CardDesignKept:
    """Of a program for which nothing else was entered."""
    return design_read(0, {"primary": primary, "secondary": secondary})


def _look(kept: Mapping[str, Any]) -> Look:
    front = kept.get("front")
    return Look(
        kept["primary"],
        kept["secondary"],
        kept.get("ink"),
        kept.get("label"),
        kept.get("logo"),
        kept.get("strip"),
        USUAL_FRONT if front is None else _fields(front),
    )


def _variant(said: Mapping[str, Any], whole: Mapping[str, Any]) -> Variant:
    given = {name: value for name, value in said.items() if value is not None}
    look = replace(_look({**whole, **given}), variant=said["name"])
    return Variant(said["name"], look, frozenset(said.get("tiers", ())), said.get("segment", ""))


def _fields(kept: Iterable[Mapping[str, Any]]) -> tuple[PassField, ...]:
    return tuple(_field(each, number) for number, each in enumerate(kept))


def _field(kept: Mapping[str, Any], number: int) -> PassField:
    return PassField(
        Place(kept.get("place", Place.BACK)),
        Shows(kept["shows"]),
        kept.get("own", ""),
        _perhaps(kept.get("label")),
        _perhaps(kept.get("text")),
        _perhaps(kept.get("change")),
        number,
    )


def _location(kept: Mapping[str, Any]) -> DesignLocation:
    return DesignLocation(kept["lat"], kept["lon"], _perhaps(kept.get("text")))


def _both(kept: Mapping[str, str]) -> Bilingual:
    return Bilingual(kept["ru"], kept["en"])


def _perhaps(kept: Mapping[str, str] | None) -> Bilingual | None:
    return _both(kept) if kept else None
