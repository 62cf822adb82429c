"""An account pauses an offer, resumes it, ends it, sends in what waits, or takes it back: at
once, because nothing is seen that was not approved."""

from collections.abc import Mapping

from backend.brands.offers.drafts import draft_of, set_status
from backend.brands.offers.states import LIVE, Held, drop_change, hold, move
from backend.brands.put import Saved
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import note
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.offer import OfferStatus
from models.refusal import Code, Refusal

_VERBS: Mapping[OfferStatus, Verb] = {
    OfferStatus.PUBLISHED: Verb.RESUME_OFFER,
    OfferStatus.PAUSED: Verb.PAUSE_OFFER,
    OfferStatus.ARCHIVED: Verb.ARCHIVE_OFFER,
}


async def steer_offer(
    ctx: Context, scope: Scope, brand_key: str, key: str, to: OfferStatus
) -> Saved:
    """To published, paused or archived; asked again nothing changes.

    Refuses with brand_not_found, offer_not_found, and with offer_unpublished what people have
    never seen, unless it is to end.
    """
    async with transaction():
        return await steer(ctx, await hold(scope, brand_key, key), to)


async def steer(ctx: Context, held: Held, to: OfferStatus) -> Saved:
    """Inside a transaction."""
    if held.offer.status is to:
        return Saved.SAME
    if to is not OfferStatus.ARCHIVED and held.offer.status not in LIVE:
        raise Refusal(Code.OFFER_UNPUBLISHED)
    await move(ctx, held, to, _VERBS[to])
    return Saved.CHANGED


async def submit_offer(ctx: Context, scope: Scope, brand_key: str, key: str) -> Saved:
    """What waits is to be approved. Refuses with brand_not_found, offer_not_found and
    nothing_waits."""
    async with transaction():
        held = await hold(scope, brand_key, key)
        draft = await draft_of(held)
        status = held.offer.status if draft is None else draft.status
        if status is OfferStatus.IN_REVIEW:
            return Saved.SAME
        if status is not OfferStatus.DRAFT:
            raise Refusal(Code.NOTHING_WAITS)
        if draft is None:
            await move(ctx, held, OfferStatus.IN_REVIEW, Verb.SUBMIT_OFFER)
            return Saved.CHANGED
        whose = held.whose.account_id
        await note(ctx, Verb.SUBMIT_OFFER, "offer", held.offer.id, account_id=whose)
        await set_status(ctx, held, draft, status, OfferStatus.IN_REVIEW)
        return Saved.CHANGED


async def discard_change(ctx: Context, scope: Scope, brand_key: str, key: str) -> bool:
    """Whether there was one. Refuses with brand_not_found and offer_not_found."""
    async with transaction():
        held = await hold(scope, brand_key, key)
        return await drop_change(ctx, held.offer.id, held.whose)
