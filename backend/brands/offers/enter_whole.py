"""An account's pack says how an offer is to be: what people see changes when it is approved."""

from backend.brands.offers.content import content_of, seen_of
from backend.brands.offers.drafts import write_draft
from backend.brands.offers.states import LIVE, Held, Whose, told
from backend.brands.offers.steer_offer import steer
from backend.brands.save_offer import write_offer
from backend.platform.context import Context
from catalog.entries.offer import OfferEntry
from catalog.scope import offers_of
from models.offer import OfferStatus


async def enter_whole(ctx: Context, whose: Whose, key: str, entry: OfferEntry) -> None:
    """Inside a transaction. What the pack wants people to see is asked for; pausing, resuming and
    ending need nobody's approval. Refuses with key_taken."""
    offer = await offers_of(whose.brand_id).filter(key=key).select_for_update().first()
    if offer is not None and offer.status in LIVE:
        await _of_live(ctx, Held(offer, whose), entry)
        return
    asked = entry.model_copy(update={"status": _asked(entry.status)})
    await told(ctx, await write_offer(whose.brand_id, key, asked, only_mine=True), whose)


async def _of_live(ctx: Context, held: Held, entry: OfferEntry) -> None:
    if entry.status is OfferStatus.ARCHIVED:
        await steer(ctx, held, OfferStatus.ARCHIVED)
        return
    if content_of(entry) != await seen_of(held.offer):
        asked = entry.model_copy(update={"status": _asked(entry.status)})
        await write_draft(ctx, held, asked)
    if entry.status in LIVE:
        await steer(ctx, held, entry.status)


def _asked(status: OfferStatus) -> OfferStatus:
    return OfferStatus.IN_REVIEW if status in LIVE else status
