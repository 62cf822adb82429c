"""BrandsOpened → whoever wants to hear of new brands is told, in the daytime where they are."""

from backend.cards.pocket.reminders.daytime import here_of, wait_for_day
from backend.events.brands import BrandsOpened
from backend.messaging.action import Action, ActionKind
from backend.messaging.deliver import deliver
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.reach import reach
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.words import spoken
from catalog.scope import brands_in_catalog, holding_offers
from models.brand import Brand
from models.customer import Customer
from models.message_purpose import MessagePurpose

_NAMED = 5


async def tell_news(post: GatedChannels, ctx: Context, happened: Happened[BrandsOpened]) -> None:
    """Nothing to whoever wants it no more, and of brands that have nothing any more. Raises
    TryLater and NeedsSettings."""
    event = happened.event
    wants = Customer.filter(id=event.customer_id, hears_of_brands=True, data_key__isnull=False)
    customer, way = await wants.select_related("city").first(), await reach(event.customer_id)
    if customer is None or way is None:
        return
    wait_for_day(here_of(customer, ctx.clock()))
    holding = holding_offers(ctx.clock()).filter(brand_id__in=event.brand_ids)
    there = {int(str(each)) for each in await holding.values_list("brand_id", flat=True)}
    brands = await brands_in_catalog().filter(id__in=sorted(there) or [0]).order_by("-joined_seq")
    if brands:
        await deliver(ctx, post, _draft(customer, event, brands), way.channel)


def _draft(customer: Customer, event: BrandsOpened, brands: list[Brand]) -> Draft:
    names = [spoken(brand, "name", customer.language) for brand in brands]
    return Draft(
        once=f"news:{customer.id}:{event.newest}",
        customer_id=customer.id,
        purpose=MessagePurpose.SERVICE,
        kind="new-brands",
        data={"brands": ", ".join(names[:_NAMED]), "more": max(0, len(names) - _NAMED)},
        action=Action(ActionKind.OPEN_NEWS),
    )
