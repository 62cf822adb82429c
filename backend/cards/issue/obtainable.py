"""Which of the offers that a person picked can become a card now."""

from datetime import datetime

from backend.cards.issue.request_card import is_awaited
from backend.partners.registry import is_connected
from catalog.shelves.browse import open_offer
from catalog.shelves.stock import out_of_numbers
from models.card import Card
from models.customer import Customer
from models.offer import Offer
from models.program import ProgramStatus
from models.refusal import Code, Refusal


async def obtainable_offers(
    customer: Customer, offer_ids: list[int], now: datetime, brought: set[int]
) -> list[Offer]:
    """Those that can be had, in the order of `offer_ids`, one for each program; never none.
    `brought`: programs whose number the person brings along.

    If nothing can be had, refuses with what stands in the way of the first one: offer_not_found,
    offer_ended, program_paused, pool_empty (about: the offer), card_exists (about: the card) or
    card_awaited.
    """
    offers: dict[int, Offer] = {}
    refusals: list[Refusal] = []
    for offer_id in dict.fromkeys(offer_ids):
        try:
            offer = await open_offer(now, offer_id)
            await _check(customer, offer, brought)
        except Refusal as refusal:
            refusals.append(refusal)
            continue
        # Two offers of one program make one card.
        offers.setdefault(offer.brand.program_id, offer)
    if not offers:
        raise refusals[0] if refusals else Refusal(Code.OFFER_NOT_FOUND)
    return list(offers.values())


async def _check(customer: Customer, offer: Offer, brought: set[int]) -> None:
    program = offer.brand.program
    card = await Card.get_or_none(customer_id=customer.id, program_id=program.id)
    if card is not None and card.removed_at is None:
        raise Refusal(Code.CARD_EXISTS, about=card.id)
    if program.status is ProgramStatus.PAUSED:
        raise Refusal(Code.PROGRAM_PAUSED)
    if is_connected(program) and await is_awaited(customer.id, program.id):
        raise Refusal(Code.CARD_AWAITED)
    needs_number = card is None and program.id not in brought
    if needs_number and await out_of_numbers({program.id}):
        raise Refusal(Code.POOL_EMPTY, about=offer.id)
