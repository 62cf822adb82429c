"""Of whom an account's own system speaks: by our number, by a card's, by a phone."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.cards.steer.numbered import cards_numbered
from backend.customers.contacts.told_to_brands import contacts_told, whose_contact
from backend.platform.context import Context
from catalog.tenant import Scope
from models.brand import Brand
from models.contact import ContactKind


@dataclass(frozen=True, slots=True)
class PersonNamed:
    """By one of these; `phone` is E.164."""

    customer: int = 0
    card: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    customer_id: int
    card_id: int | None = None


async def find_named(
    ctx: Context, scope: Scope, brand: Brand, named: Sequence[PersonNamed]
) -> dict[int, Found]:
    """By place; whoever is not the account's, or has left, is not there. A phone finds somebody
    while they let the account know it."""
    ids = {each.customer for each in named if each.customer}
    known = {person.id for person in await scope.customers(ids)} if ids else set()
    numbers = [each.card for each in named]
    cards = await cards_numbered(brand.program_id, numbers) if any(numbers) else {}
    found: dict[int, Found] = {}
    for place, each in enumerate(named):
        card = cards.get(place) if each.card else None
        if card is not None and card.removed_at is None:
            found[place] = Found(card.customer_id, card.id)
        elif each.customer in known:
            found[place] = Found(each.customer)
        elif each.phone and (person := await _by_phone(ctx, scope, each.phone)):
            found[place] = Found(person)
    return found


async def _by_phone(ctx: Context, scope: Scope, phone: str) -> int:
    people = await scope.customers(await whose_contact(ctx, ContactKind.PHONE, phone))
    told = await contacts_told(ctx, scope, people)
    return min((person for person in told if ContactKind.PHONE in told[person]), default=0)
