"""A card that the person already has. `finding` is what was seen on a picture or typed."""

from bot.tap_codec import Tap


class AddCard(Tap, prefix="addc"):
    """Ask for a picture, a number or a file."""


class TypeCard(Tap, prefix="addt"):
    """Type the number by hand."""


class TakeFound(Tap, prefix="addf"):
    """One of several barcodes on a picture."""

    finding: int


class SureFound(Tap, prefix="adds"):
    """«Yes, this is the number on the card»."""

    finding: int


class FixFound(Tap, prefix="addn"):
    """The card bears another number: type it."""

    finding: int


class AddTo(Tap, prefix="addo"):
    """The card of this offer's brand."""

    finding: int
    offer: int


class AddNow(Tap, prefix="addg"):
    """The card that waited for its brand's system."""

    finding: int


class AddOther(Tap, prefix="addx"):
    """None of the brands: ask for a name."""

    finding: int


class AddNamed(Tap, prefix="addb"):
    """Keep it under the name of a brand, or as typed (`brand` 0)."""

    finding: int
    brand: int = 0


class PaintCard(Tap, prefix="addk"):
    """A colour for a card of no partner, by its place in the list."""

    card: int
    finding: int
    color: int


class KeepPhoto(Tap, prefix="addp"):
    """The picture that was sent becomes the card's photo."""

    card: int
    finding: int
