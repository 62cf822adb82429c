"""An account enters an offer, or changes it: what people see is left to the operator."""

from backend.brands.keep_picture import check_kept
from backend.brands.keys import brand_of, check_key
from backend.brands.offers.content import content_of, seen_of
from backend.brands.offers.drafts import write_draft
from backend.brands.offers.states import LIVE, Held, Whose, told
from backend.brands.offers.steer_offer import steer
from backend.brands.put import Saved
from backend.brands.save_offer import write_offer
from backend.platform.context import Context
from backend.platform.database import transaction
from catalog.entries.offer import OfferEntry
from catalog.entries.picture import OFFER_PICTURE
from catalog.scope import offers_of
from catalog.tenant import Scope
from models.offer import OfferStatus
from models.refusal import Code, Refusal

_WAITING = (OfferStatus.DRAFT, OfferStatus.IN_REVIEW)


async def enter_offer(
    ctx: Context, scope: Scope, brand_key: str, key: str, entry: OfferEntry
) -> Saved:
    """What nobody has seen yet is written as it is, what people see gets a change beside it. Of
    what people see the account may set the state alone: then the entry says the rest as it stands.

    Refuses with key_invalid, brand_not_found, key_taken, picture_not_found, picture_unfit, and
    with approval_required what only the operator may do.
    """
    check_key(key)
    brand = await brand_of(scope, brand_key)
    whose, whole = Whose(brand.id, brand.program.account_id), f"{brand.key}-{key}"
    async with transaction():
        await check_kept(entry.pictures, OFFER_PICTURE)
        offer = await offers_of(brand.id).filter(key=whole).select_for_update().first()
        if offer is not None and offer.status in LIVE:
            return await _of_live(ctx, Held(offer, whose), entry)
        over = OfferStatus.ARCHIVED if offer is not None else OfferStatus.DRAFT
        if entry.status not in (*_WAITING, over):
            raise Refusal(Code.APPROVAL_REQUIRED)
        found = await write_offer(brand.id, whole, entry, only_mine=True)
        return await told(ctx, found, whose)


async def _of_live(ctx: Context, held: Held, entry: OfferEntry) -> Saved:
    if entry.status in _WAITING:
        return await write_draft(ctx, held, entry)
    if content_of(entry) != await seen_of(held.offer):
        raise Refusal(Code.APPROVAL_REQUIRED)
    return await steer(ctx, held, entry.status)
