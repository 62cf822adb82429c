"""A brand has joined: whoever carries an external card of it is told, once per card."""

from backend.cards.pocket.one_by_one import one_by_one
from backend.cards.pocket.owner_notes import read_notes
from backend.cards.pocket.partner_match import match_brand, same_name
from backend.messaging.action import Action, ActionKind
from backend.messaging.deliver import deliver
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.reach import reach
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.failures import TryLater
from catalog.scope import brands_in_catalog
from catalog.spoken import spoken
from models.brand import Brand
from models.card import CardOrigin, CardStatus
from models.message import MessagePurpose
from models.refusal import Refusal
from models.wallet_entry import WalletEntry

BATCH = 200


async def newest_brand() -> int:
    """What a card's `brands_until` is when it has been compared with every brand."""
    newest = await brands_in_catalog().order_by("-id").first()
    return newest.id if newest is not None else 0


async def tell_joined(ctx: Context, post: GatedChannels) -> int:
    """One batch of external cards that brands joined after; returns how many were compared.
    Raises what one_by_one raises; called again it goes on where it was."""
    newest = await newest_brand()
    waiting = (
        await WalletEntry.filter(
            brands_until__lt=newest,
            card__origin=CardOrigin.EXTERNAL,
            card__status=CardStatus.ACTIVE,
            card__removed_at__isnull=True,
        )
        .order_by("id")
        .limit(BATCH)
        .select_related("card", "customer")
    )
    brands = list(await brands_in_catalog().order_by("id")) if waiting else []

    async def compared(entry: WalletEntry) -> None:
        async with transaction():
            await WalletEntry.filter(id=entry.id).update(brands_until=newest)

    async def compare(entry: WalletEntry) -> bool:
        await _tell_of(ctx, post, entry, [b for b in brands if b.id > entry.brands_until])
        await compared(entry)
        return True

    # A card that cannot be read would come first again and again.
    return await one_by_one("joined", waiting, compare, broken=compared)


async def _tell_of(
    ctx: Context, post: GatedChannels, entry: WalletEntry, brands: list[Brand]
) -> None:
    customer = entry.customer
    way = await reach(customer.id)
    if way is None or customer.data_key is None:
        return
    own = read_notes(ctx, customer, entry)
    for brand in brands:
        if not same_name(own.name, brand):
            continue
        if not await _joins(ctx, entry, brand):
            continue
        await deliver(ctx, post, _draft(entry, brand, customer.language), way.channel)
        return


async def _joins(ctx: Context, entry: WalletEntry, brand: Brand) -> bool:
    """Raises TryLater while the brand's system does not answer."""
    drawn = not entry.undrawn
    try:
        return await match_brand(ctx, entry.customer, entry.card, brand, drawn=drawn) is not None
    except Refusal as refusal:
        raise TryLater(refusal.code.value) from refusal


def _draft(entry: WalletEntry, brand: Brand, language: str) -> Draft:
    return Draft(
        once=f"joined:card:{entry.card_id}",
        customer_id=entry.customer_id,
        purpose=MessagePurpose.SERVICE,
        kind="card-joined",
        data={"brand": spoken(brand, "name", language)},
        action=Action(ActionKind.CONNECT_CARD, entry.card_id),
        card_id=entry.card_id,
    )
