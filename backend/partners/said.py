"""What a partner's system says of itself: that something has changed, and what stands there now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from backend.partners.member import Balance, CardState

LONGEST_ID = 20


class NotTheirs(Exception):
    """Whoever called cannot show that it is their system."""


@dataclass(frozen=True, slots=True)
class Said:
    """`kind` is the vendor's own word for what it is about, `id` its number there: digits. Nothing
    else of what was sent is believed or kept."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class FoundCard:
    """A card by its number, as it stands there; `state` None is not told."""

    number: str
    balance: Balance | None = None
    state: CardState | None = None


@dataclass(frozen=True, slots=True)
class FoundSale:
    """An order. Whose it is says `card` or, where that is empty, `phone` (E.164). `gone`: it is no
    order any more."""

    id: str
    at: datetime
    amount: Decimal
    card: str = ""
    phone: str = ""
    number: str = ""
    store: str = ""
    status: str = ""
    currency: str = "RUB"
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What stands there now. `programs` are keys of those that are meant, none: all that are told
    of the connection."""

    cards: Sequence[FoundCard] = ()
    sales: Sequence[FoundSale] = ()
    programs: Sequence[str] = ()
