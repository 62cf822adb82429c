"""A card as its owner sees it: the card, what they keep with it, its name to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from backend.cards.pocket.owner_notes import OwnerNotes, read_notes
from backend.cards.pocket.redraw import redrawn
from backend.platform.context import Context
from backend.platform.words import spoken
from catalog.looks.card_design import Look
from models.card import Card, CardStatus
from models.category import Category
from models.customer import Customer
from models.wallet_entry import CardPhoto, WalletEntry

EXTERNAL_COLOR = "#2B5278"


@dataclass(frozen=True, slots=True)
class WalletCard:
    """`card` with `brand`, its category and `program` loaded; `photos`: the sides there are.
    `look`: as its program wants it to look; `bare`: the same of anybody's. None: it has only
    colours, or nobody has asked (backend.cards.pocket.dressed)."""

    card: Card
    own: OwnerNotes = OwnerNotes()  # noqa: RUF009  frozen
    entry: WalletEntry | None = None
    photos: frozenset[str] = frozenset()
    look: Look | None = None
    bare: Look | None = None

    @property
    def id(self) -> int:
        return int(self.card.id)

    def name(self, language: str) -> str:
        """The owner's own name of it, else the brand's, else the number."""
        named = self.card.brand or self.card.program
        if self.own.name or named is None:
            return self.own.name or self.card.printed_number
        return spoken(named, "name", language)

    @property
    def printed_number(self) -> str:
        return self.card.printed_number

    @property
    def balance(self) -> Decimal | None:
        return self.card.balance

    @property
    def category(self) -> Category | None:
        return self.card.brand.category if self.card.brand is not None else None

    @property
    def color(self) -> str:
        given = self.entry.color if self.entry is not None else ""
        brand = self.card.brand
        return given or (brand.primary_color if brand is not None else EXTERNAL_COLOR)

    @property
    def drawn(self) -> bool:
        """False: the barcode cannot be drawn here, only the number is shown."""
        return self.entry is None or not self.entry.undrawn

    @property
    def blocked(self) -> bool:
        return self.card.status is CardStatus.BLOCKED

    @property
    def shows_barcode(self) -> bool:
        """Not of a blocked card: a till would refuse it."""
        return self.drawn and not self.blocked

    @property
    def starred(self) -> bool:
        return self.entry is not None and self.entry.starred

    @property
    def uses(self) -> int:
        return self.entry.uses if self.entry is not None else 0

    @property
    def position(self) -> int | None:
        return self.entry.position if self.entry is not None else None

    @property
    def expires_at(self) -> datetime | None:
        return self.entry.expires_at if self.entry is not None else None


async def wallet_cards(ctx: Context, customer: Customer, cards: Sequence[Card]) -> list[WalletCard]:
    """In the order of `cards`, which all are this customer's."""
    ids = [card.id for card in cards]
    one = {"card_id__in": ids} if len(ids) == 1 else {}
    entries = {e.card_id: e for e in await WalletEntry.filter(customer_id=customer.id, **one)}
    sides: dict[int, set[str]] = {}
    found = CardPhoto.filter(customer_id=customer.id, **one)
    for card_id, side in await found.values_list("card_id", "side"):
        sides.setdefault(card_id, set()).add(side)
    return [
        wallet_card(ctx, customer, card, entries.get(card.id), frozenset(sides.get(card.id, ())))
        for card in cards
    ]


def wallet_card(
    ctx: Context,
    customer: Customer,
    card: Card,
    entry: WalletEntry | None,
    photos: frozenset[str],
) -> WalletCard:
    own = read_notes(ctx, customer, entry)
    if entry is not None:
        redrawn(card, entry)
    return WalletCard(card, own, entry, photos)
