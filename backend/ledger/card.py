"""A card that the ledger keeps: by its number, or by its id."""

from collections.abc import Collection

from tortoise.queryset import QuerySet

from backend.ledger.order import LedgerCard
from catalog.ledger_rules import rules_of
from catalog.tenant import Scope, cards_numbered
from models.card import Card, CardStatus
from models.refusal import Code, Refusal


async def card_numbered(scope: Scope, program_key: str, number: str) -> LedgerCard:
    """Refuses with card_not_found, also when the card is somebody else's, has no owner any more,
    or another system keeps its points."""
    return await _one((await cards_numbered(scope, number)).filter(program__key=program_key))


async def card_with_id(scope: Scope, card_id: int) -> LedgerCard:
    """Refuses with card_not_found in the same cases."""
    return await _one(scope.cards().filter(id=card_id))


async def _one(found: QuerySet[Card]) -> LedgerCard:
    theirs = found.filter(customer__deleted_at__isnull=True)
    card = await theirs.select_related("program").first()
    kept = _kept(card) if card is not None else None
    if kept is None:
        raise Refusal(Code.CARD_NOT_FOUND)
    return kept


async def cards_by_id(card_ids: Collection[int]) -> dict[int, LedgerCard]:
    """Those of them that the ledger keeps; deleted people's too."""
    if not card_ids:
        return {}
    cards = await Card.filter(id__in=sorted(card_ids)).select_related("program")  # of all: found
    kept = {card.id: _kept(card) for card in cards}
    return {card_id: card for card_id, card in kept.items() if card is not None}


def _kept(card: Card) -> LedgerCard | None:
    if card.program is None:
        return None
    rules = rules_of(card.program)
    if rules is None:
        return None
    return LedgerCard(
        id=card.id,
        customer_id=card.customer_id,
        program_id=card.program.id,
        account_id=card.program.account_id,
        rules=rules,
        blocked=card.status is CardStatus.BLOCKED,
    )
