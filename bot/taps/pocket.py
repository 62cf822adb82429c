"""The person's cards: in an order, one of them, what they keep with it, an own card mended."""

from dataclasses import dataclass

from bot.tap_codec import Tap


class Cards(Tap, prefix="cards"):
    page: int = 0


class HiddenCards(Tap, prefix="hcrds"):
    page: int = 0


class OpenCard(Tap, prefix="card"):
    """Packs to `card:<id>`: messages of the worker carry it too."""

    id: int


class CardNumber(Tap, prefix="cnum"):
    id: int


class HideCard(Tap, prefix="chide"):
    """`hidden` false brings the card back to the list."""

    id: int
    hidden: bool = True


class RemoveCard(Tap, prefix="crmv"):
    """First asks, then removes (`sure`)."""

    id: int
    sure: bool = False


class History(Tap, prefix="chist"):
    card: int
    page: int = 0


class PointsHistory(Tap, prefix="cpts"):
    """What moved the points of a card that the built-in ledger keeps."""

    card: int
    page: int = 0


class Operations(Tap, prefix="copes"):
    """What the shop's own system tells of the card."""

    card: int


class Redeem(Tap, prefix="crdm"):
    """A promo code, or a receipt, is to be handed in for the card."""

    card: int
    receipt: bool = False


class Purchases(Tap, prefix="cbuys"):
    """What was bought with the card, as the shop told it."""

    card: int
    page: int = 0


class BrandOffers(Tap, prefix="coffs"):
    card: int
    page: int = 0


class CardsBy(Tap, prefix="cby"):
    """My cards in an order (used, new, own; empty is the usual one) and from one shelf:
    `shelf` 0 is all of them, `others` the cards of brands that are no partners."""

    sort: str = ""
    shelf: int = 0
    others: bool = False
    page: int = 0


class CardsSorts(Tap, prefix="csort"):
    """The orders to choose from."""


class CardsShelves(Tap, prefix="cshv"):
    """The categories of my cards."""


class CardsSearch(Tap, prefix="csrch"):
    """Ask for a name or last digits."""


class CardsNear(Tap, prefix="cnear"):
    """Ask for a location and list stores of my cards."""


class StarCard(Tap, prefix="cstar"):
    id: int
    on: bool = True


class CardMore(Tap, prefix="cmore"):
    """What the owner keeps with a card."""

    id: int


class MoveCard(Tap, prefix="cmove"):
    id: int
    up: bool


class CardNote(Tap, prefix="cnote"):
    """Ask for a note; `clear` takes it away."""

    id: int
    clear: bool = False


class CardExpiry(Tap, prefix="cexp"):
    """Ask for the last day; `clear` takes it away."""

    id: int
    clear: bool = False


class CardPhotoAsk(Tap, prefix="cpha"):
    """Ask for a photo of a side: front or back."""

    id: int
    side: str


class CardPhotoShow(Tap, prefix="cphs"):
    id: int
    side: str


class CardPhotoDrop(Tap, prefix="cphd"):
    id: int
    side: str


class BecomeReal(Tap, prefix="cjoin"):
    """An external card whose brand is a partner by now: start the way to the real one."""

    id: int


class FullBarcode(Tap, prefix="cfull"):
    """The barcode as large as the screen."""

    id: int


@dataclass(frozen=True, kw_only=True)
class _AsShown:
    """An own card that is being mended: `kind` is a barcode format, "none", or "same" for what it
    has; `finding` what was typed for it, 0 nothing."""

    id: int
    kind: str = "same"
    finding: int = 0


class ShowKind(_AsShown, Tap, prefix="ckind"):
    """How it would look."""


class AskNumber(_AsShown, Tap, prefix="cnumb"):
    """Ask for its number."""


class AskName(_AsShown, Tap, prefix="cname"):
    """Ask for its name."""


class EncodeNumber(_AsShown, Tap, prefix="cenco"):
    """The barcode is to carry the printed number."""


class SaveOwn(_AsShown, Tap, prefix="csave"):
    """Keep the card as it was shown."""
