"""A card that its brand is about to change, with its owner's turn taken."""

from backend.customers.person.lock import lock_person
from catalog.tenant import Scope
from models.card import Card
from models.refusal import Code, Refusal


async def held_card(scope: Scope, card_id: int) -> Card:
    """Inside a transaction; with its program and brand. The person's turn comes before the card's,
    as for whoever moves its points. Refuses with card_not_found, also when the card is
    another account's or has no owner any more."""
    found = scope.cards().filter(id=card_id, customer__deleted_at__isnull=True)
    card = await found.first()
    if card is None or (owner := await lock_person(card.customer_id)) is None:
        raise Refusal(Code.CARD_NOT_FOUND)
    await scope.cards().filter(id=card_id).select_for_update().first()
    held = await scope.cards().filter(id=card_id).select_related("program", "brand").first()
    if held is None or owner.deleted_at is not None:
        raise Refusal(Code.CARD_NOT_FOUND)
    return held
