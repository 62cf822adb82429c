"""What may be wrong with a design beyond its single values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from pydantic_core import PydanticCustomError

from catalog.entries.design.design_field import BackFieldEntry, FrontFieldEntry
from catalog.entries.picture import Bounds, PictureRefused, check_size
from catalog.entries.values.around import OfCard, Size
from catalog.entries.values.suggest import one_of
from catalog.entries.values.wrong import shown, wrong
from catalog.looks.card_design import OF_APPLE, ROTATING, InPlace, Place, Shows
from catalog.looks.colours import READABLE, SEEN, contrast, parse_colour

Way = tuple[int | str, ...]
Complaint = tuple[Way, PydanticCustomError]


class Looks(Protocol):
    """What a design and each of its variants say; a variant leaves out what it shares."""

    @property
    def primary(self) -> str | None: ...
    @property
    def ink(self) -> str | None: ...
    @property
    def label(self) -> str | None: ...
    @property
    def strip(self) -> str | None: ...
    @property
    def front(self) -> tuple[FrontFieldEntry, ...] | None: ...


# What contrast the values need, and what the names of the fields.
_LEAST = {"ink": READABLE, "label": SEEN}


def unreadable(name: str, ink: str | None, ground: str | None) -> PydanticCustomError | None:
    """What is wrong with words of this colour on that ground. `name`: ink or label."""
    if ink is None or ground is None or (found := _contrast(ink, ground)) >= _LEAST[name]:
        return None
    expected = f"a colour with a contrast of {_LEAST[name]} or more, or none: it is chosen then"
    return wrong(f"has a contrast of {found:.1f} on {ground}", expected)


def _contrast(ink: str, ground: str) -> float:
    return contrast(parse_colour(ink), parse_colour(ground))


def unkept(
    sha256: str, bounds: Bounds, kept: Mapping[str, Size] | None
) -> PydanticCustomError | None:
    """What is wrong with a picture, as far as anybody has asked which ones are kept."""
    if kept is None:
        return None
    if sha256 not in kept:
        return wrong(f"is {shown(sha256)}, which is unknown", "a picture that was uploaded before")
    try:
        check_size(bounds, *kept[sha256])
    except PictureRefused as refused:
        return wrong(refused.what, refused.expected)
    return None


def again(
    fields: Sequence[BackFieldEntry], before: Iterable[str] = ()
) -> Iterator[tuple[int, PydanticCustomError]]:
    """What stands on the card already, with its place in the list. `before`: what is shown
    elsewhere."""
    seen = set(before)
    for place, each in enumerate(fields):
        if each.called and each.called in seen:
            yield place, wrong(f"is {shown(each.called)} again", "each field once")
        seen.add(each.called)


def clashes(
    design: Looks, back: Sequence[BackFieldEntry], variants: Sequence[Any]
) -> Iterator[Complaint]:
    """Between what a variant says and what the design says in place of the rest."""
    shown = [each.called for each in back]
    for place, variant in enumerate(variants):
        for name in _LEAST:
            yield from _on_another_ground(place, name, design, variant)
        for at, fault in again(variant.front or (), shown):
            yield (place, "front", at, "shows"), fault


def _on_another_ground(place: int, name: str, design: Looks, variant: Looks) -> Iterator[Complaint]:
    own, ink = getattr(variant, name), getattr(design, name)
    if own is not None:
        fault = unreadable(name, own, variant.primary or design.primary)
        if fault is not None:
            yield (place, name), fault
    elif unreadable(name, ink, variant.primary) is not None:
        what = f"gives the {name} {ink} a contrast of {_contrast(ink, variant.primary or ''):.1f}"
        yield (place, "primary"), wrong(what, f"{_LEAST[name]} or more, or {name} beside it")


def of_pictures(design: Any, barcode: Any, in_place: InPlace) -> Iterator[Complaint]:
    """The barcode as a picture takes the strip's place, and no till reads it below words."""
    if in_place is not InPlace.PICTURE or barcode in OF_APPLE:
        return
    for way, look in ((), design), *((("variants", i), v) for i, v in enumerate(design.variants)):
        if look.strip is not None:
            yield (*way, "strip"), wrong("stands beside in_place: picture", "one of both")
        for place, each in enumerate(look.front or ()):
            if each.place is Place.PRIMARY:
                expected = "another place: the barcode stands there as a picture"
                yield (*way, "front", place, "place"), wrong("is 'primary'", expected)


def of_card(design: Any, card: OfCard) -> Iterator[Complaint]:
    """What the program has not."""
    yield from of_pictures(design, card.barcode, design.in_place)
    if design.rotating and card.barcode not in ROTATING:
        expected = f"no, or a program with {' or '.join(sorted(ROTATING))}"
        yield ("rotating",), wrong(f"is yes, and the barcode is {card.barcode}", expected)
    for way, each in _fields(design):
        if each.shows is Shows.OWN and each.own not in card.own:
            known = one_of(card.own, each.own or "") if card.own else "a field of card_fields"
            yield (*way, "own"), wrong(f"is {shown(each.own)}, which is unknown", known)
    for place, variant in enumerate(design.variants):
        for at, tier in enumerate(variant.tiers):
            if card.tiers is not None and tier not in card.tiers:
                known = one_of(card.tiers, tier) if card.tiers else "no tiers: the ledger has none"
                way = ("variants", place, "tiers", at)
                yield way, wrong(f"is {shown(tier)}, which is unknown", known)


def _fields(design: Any) -> Iterator[tuple[Way, BackFieldEntry]]:
    for at, each in enumerate(design.front or ()):
        yield ("front", at), each
    for at, each in enumerate(design.back):
        yield ("back", at), each
    for place, variant in enumerate(design.variants):
        for at, each in enumerate(variant.front or ()):
            yield ("variants", place, "front", at), each
