"""ConsentWithdrawn → a person on whose behalf a brand has withdrawn a consent is told of it."""

from backend.events.people import ConsentWithdrawn
from backend.messaging.deliver import deliver
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.reach import reach
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.words import spoken
from catalog.scope import brands_in_catalog, controllers
from models.consent_document import ConsentPurpose
from models.customer import Customer
from models.message_purpose import MessagePurpose


def is_for_them(event: ConsentWithdrawn) -> bool:
    return event.for_them


async def tell_withdrawn(
    post: GatedChannels, ctx: Context, happened: Happened[ConsentWithdrawn]
) -> None:
    """Whoever cannot be reached is told nothing: the consent is withdrawn all the same. Raises
    TryLater and NeedsSettings."""
    event = happened.event
    customer = await Customer.get_or_none(id=event.customer_id, deleted_at=None)
    way = await reach(event.customer_id)
    if customer is not None and way is not None and not way.blocked:
        await deliver(ctx, post, await _draft(happened, customer), way.channel)


async def _draft(happened: Happened[ConsentWithdrawn], customer: Customer) -> Draft:
    event = happened.event
    if event.purpose == ConsentPurpose.ADVERTISING.value:
        brand = await brands_in_catalog().get(id=event.brand_id)
        kind, name = "advertising-withdrawn", spoken(brand, "name", customer.language)
    else:
        account = await controllers().get(id=event.account_id)
        kind, name = "data-withdrawn", spoken(account, "legal_name", customer.language)
    return Draft(
        once=f"withdrawn:{happened.id}",
        customer_id=customer.id,
        purpose=MessagePurpose.SERVICE,
        kind=kind,
        data={"name": name},
        brand_id=event.brand_id,
    )
