"""What became of the newest application: for a tap that comes after its end."""

from backend.cards.pocket.wallet import cards_in_wallet
from catalog.scope import any_offers
from models.application import Application, ApplicationStatus
from models.card import Card
from models.customer import Customer


async def cards_just_made(customer: Customer) -> list[Card]:
    """The cards that the newest application has led to; none when it was given up."""
    newest = await Application.filter(customer_id=customer.id).order_by("-id").first()
    if newest is None or newest.status is not ApplicationStatus.DONE:
        return []
    offers = await any_offers().filter(id__in=newest.offer_ids).select_related("brand")
    programs = {offer.brand.program_id for offer in offers}
    return [card for card in await cards_in_wallet(customer) if card.program_id in programs]
