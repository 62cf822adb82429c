"""CardRequestRefused → whoever waits for the card is told that it cannot be made."""

from backend.events.partners import CardRequestRefused
from backend.messaging.action import Action, ActionKind
from backend.messaging.deliver import deliver
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.reach import reach
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.words import spoken
from catalog.scope import any_offers
from models.connection import CardRequest
from models.message_purpose import MessagePurpose
from models.refusal import Code

# The person did it themselves: there is nothing to tell.
_KNOWN = {Code.CONSENT_REQUIRED, Code.APPLICATION_CLOSED}


async def tell_request_refused(
    post: GatedChannels, ctx: Context, happened: Happened[CardRequestRefused]
) -> None:
    """Raises TryLater and NeedsSettings."""
    event = happened.event
    found = CardRequest.filter(id=event.request_id).select_related("customer")
    request = await found.first()
    if request is None or request.customer.deleted_at is not None or event.reason in _KNOWN:
        return
    offers = any_offers().filter(id=request.offer_id).select_related("brand")
    brand = (await offers.get()).brand
    way = await reach(event.customer_id)
    if way is None or way.blocked:
        return
    draft = Draft(
        once=f"card-refused:{request.id}",
        customer_id=event.customer_id,
        purpose=MessagePurpose.SERVICE,
        kind="card-refused",
        data={"brand": spoken(brand, "name", request.customer.language)},
        action=Action(ActionKind.OPEN_OFFER, request.offer_id),
        brand_id=brand.id,
    )
    await deliver(ctx, post, draft, way.channel)
