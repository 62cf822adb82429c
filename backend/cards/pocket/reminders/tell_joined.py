"""BrandJoined → whoever carries an external card of the brand is told, once per card."""

from backend.cards.pocket.partner_match import match_brand
from backend.events.brands import BrandJoined
from backend.messaging.action import Action, ActionKind
from backend.messaging.deliver import deliver
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.reach import reach
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.failures import TryLater
from backend.platform.words import spoken
from catalog.scope import brands_in_catalog
from models.brand import Brand
from models.card import CardOrigin, CardStatus
from models.message_purpose import MessagePurpose
from models.refusal import Refusal
from models.wallet_entry import WalletEntry


async def tell_joined(post: GatedChannels, ctx: Context, happened: Happened[BrandJoined]) -> None:
    """Nothing when the card is gone, the number does not fit, or there is no offer now. Raises
    TryLater and NeedsSettings."""
    event = happened.event
    found = WalletEntry.filter(
        card_id=event.card_id,
        card__origin=CardOrigin.EXTERNAL,
        card__status=CardStatus.ACTIVE,
        card__removed_at__isnull=True,
        customer__data_key__isnull=False,
    )
    entry = await found.select_related("card", "customer").first()
    brand = await brands_in_catalog().filter(id=event.brand_id).first()
    way = await reach(event.customer_id)
    if entry is None or brand is None or way is None or not await _joins(ctx, entry, brand):
        return
    await deliver(ctx, post, _draft(entry, brand), way.channel)


async def _joins(ctx: Context, entry: WalletEntry, brand: Brand) -> bool:
    """Raises TryLater while the brand's system does not answer."""
    drawn = not entry.undrawn
    try:
        return await match_brand(ctx, entry.customer, entry.card, brand, drawn=drawn) is not None
    except Refusal as refusal:
        raise TryLater(refusal.code.value) from refusal


def _draft(entry: WalletEntry, brand: Brand) -> Draft:
    return Draft(
        once=f"joined:card:{entry.card_id}",
        customer_id=entry.customer_id,
        purpose=MessagePurpose.SERVICE,
        kind="card-joined",
        data={"brand": spoken(brand, "name", entry.customer.language)},
        action=Action(ActionKind.CONNECT_CARD, entry.card_id),
        card_id=entry.card_id,
    )
