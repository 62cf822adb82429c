"""What people may see and hold: queries on rows of brands and accounts for the customers' side.

What a tenant may see is in catalog/tenant.py. A query elsewhere says whose rows it asks for, and
a door asks none at all (checks hold both).
"""

from datetime import datetime

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from models.account import Account
from models.brand import Brand
from models.card import Card
from models.offer import Offer, OfferCity, OfferStatus
from models.pool_number import PoolNumber
from models.program import Program, ProgramStatus
from models.store import Store
from models.wallet_entry import WalletEntry


def holding_offers(now: datetime) -> QuerySet[Offer]:
    """Published offers whose schedule includes `now` (`ends_at` is the first moment after)."""
    return Offer.filter(
        Q(starts_at__isnull=True) | Q(starts_at__lte=now),
        Q(ends_at__isnull=True) | Q(ends_at__gt=now),
        status=OfferStatus.PUBLISHED,
    )


# The same for hand-written statements, with the program open: an offer of which a card can be
# made. `offer` and `now` are parameter marks.
CAN_BE_HAD = """
EXISTS (SELECT 1 FROM offers JOIN brands ON brands.id = offers.brand_id
    JOIN programs ON programs.id = brands.program_id
    WHERE offers.id = {offer} AND offers.status = 'published'
    AND (offers.starts_at IS NULL OR offers.starts_at <= {now})
    AND (offers.ends_at IS NULL OR offers.ends_at > {now})
    AND programs.status <> 'paused')
"""


def offers_in(now: datetime, city_id: int | None) -> QuerySet[Offer]:
    """What holds now in a city; without a city, what holds anywhere."""
    if city_id is None:
        return holding_offers(now)
    # Not a join: an offer that holds everywhere and names cities too would come once for each.
    named_here = Subquery(OfferCity.filter(city_id=city_id).values("offer_id"))
    return holding_offers(now).filter(Q(everywhere=True) | Q(id__in=named_here))


def any_offers() -> QuerySet[Offer]:
    """Every offer, whatever its status: to tell «ended» from «never was»."""
    return Offer.all()


def offers_of(brand_id: int) -> QuerySet[Offer]:
    """A brand's own, whatever their status."""
    return Offer.filter(brand_id=brand_id)


def brands_in_catalog() -> QuerySet[Brand]:
    return Brand.all()


def controllers() -> QuerySet[Account]:
    """Who answers for personal data: anybody may read of each."""
    return Account.all()


def entry_of(card_id: int) -> QuerySet[WalletEntry]:
    """What the owner keeps with a card that they were found to own."""
    return WalletEntry.filter(card_id=card_id)


def brands_of(account_id: int) -> QuerySet[Brand]:
    return Brand.filter(program__account_id=account_id)


def programs_of(account_id: int) -> QuerySet[Program]:
    return Program.filter(account_id=account_id)


def programs_by_id(program_ids: set[int]) -> QuerySet[Program]:
    """Programs that a customer has come to through their offers or cards."""
    return Program.filter(id__in=program_ids)


def programs_with_plastic() -> QuerySet[Program]:
    """Programs whose plastic people may bring in now."""
    return Program.filter(status=ProgramStatus.ACTIVE, plastic=True)


def programs_by_key(keys: set[str]) -> QuerySet[Program]:
    """Programs whose own questions a customer has answered."""
    return Program.filter(key__in=keys)


def stores_of(brand_id: int) -> QuerySet[Store]:
    return Store.filter(brand_id=brand_id)


def numbers_of(program_id: int) -> QuerySet[PoolNumber]:
    """A program's pool, whatever the state of a number."""
    return PoolNumber.filter(program_id=program_id)


def numbers_like(program_id: int, printed: str) -> QuerySet[PoolNumber]:
    """The number of a program's pool that is printed like this, or carried without the spaces."""
    same = Q(barcode_value=printed.replace(" ", "")) | Q(printed_number=printed)
    return PoolNumber.filter(same, program_id=program_id)


def wallet_of(customer_id: int) -> QuerySet[Card]:
    """The cards in a customer's wallet: hidden ones too, removed ones not."""
    return Card.filter(customer_id=customer_id, removed_at__isnull=True)


def cards_held_of(customer_id: int) -> QuerySet[Card]:
    """All that is kept of a customer's cards: removed ones too."""
    return Card.filter(customer_id=customer_id)
