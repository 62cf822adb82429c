"""PlasticCanBeAdded → whoever waits hears that the brand's system answers again, with a button that
leads on to where they were."""

from uuid import UUID

from backend.cards.plastic.seen_card import KEPT
from backend.events.numbers import PlasticCanBeAdded
from backend.messaging.action import Action, ActionKind
from backend.messaging.deliver import deliver
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.reach import reach
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.words import spoken
from catalog.scope import any_offers, wallet_of
from models.card_finding import CardFinding
from models.customer import Customer
from models.message_purpose import MessagePurpose
from models.offer import Offer


async def tell_answered(
    post: GatedChannels, ctx: Context, happened: Happened[PlasticCanBeAdded]
) -> None:
    """Whoever has the card by now, or whose number is kept no longer, is told nothing. Raises
    TryLater and NeedsSettings."""
    event = happened.event
    finding = await CardFinding.get_or_none(id=event.finding_id, customer_id=event.customer_id)
    if finding is None or finding.created_at < ctx.clock() - KEPT:
        return
    customer = await Customer.get(id=event.customer_id)
    offer = await any_offers().filter(id=event.offer_id).select_related("brand").get()
    has_it = wallet_of(customer.id).filter(program_id=offer.brand.program_id)
    if customer.deleted_at is not None or await has_it.exists():
        return
    way = await reach(customer.id)
    if way is not None and not way.blocked:
        await deliver(ctx, post, _draft(finding, customer, offer, happened.id), way.channel)


def _draft(finding: CardFinding, customer: Customer, offer: Offer, event_id: UUID) -> Draft:
    return Draft(
        once=f"plastic-answered:{event_id}",
        customer_id=customer.id,
        purpose=MessagePurpose.SERVICE,
        kind="plastic-answered",
        data={"brand": spoken(offer.brand, "name", customer.language)},
        action=Action(ActionKind.ADD_PLASTIC, finding.id),
        brand_id=offer.brand_id,
    )
