"""An offer goes from one state to another: the audit trail and an event say it."""

from collections.abc import Mapping
from typing import NamedTuple

from backend.brands.keys import brand_of, check_key
from backend.brands.put import Put, Saved, noted
from backend.events.brands import (
    OfferApproved,
    OfferArchived,
    OfferPaused,
    OfferPublished,
    OfferRecalled,
    OfferResumed,
    OfferSubmitted,
)
from backend.events.event import Event
from backend.outbox.announce import announce_all
from backend.platform.context import Context
from backend.platform.watch.audit import Change, note
from catalog.scope import offers_of
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.offer import Offer, OfferDraft, OfferStatus
from models.refusal import Code, Refusal

# People see it, or saw it and may see it again.
LIVE = (OfferStatus.PUBLISHED, OfferStatus.PAUSED)
_REACHED: Mapping[OfferStatus, type[Event]] = {
    OfferStatus.DRAFT: OfferRecalled,
    OfferStatus.IN_REVIEW: OfferSubmitted,
    OfferStatus.PUBLISHED: OfferPublished,
    OfferStatus.PAUSED: OfferPaused,
    OfferStatus.ARCHIVED: OfferArchived,
}


class Whose(NamedTuple):
    """An offer's, for what is told of it."""

    brand_id: int
    account_id: int


class Held(NamedTuple):
    """An offer with its row locked."""

    offer: Offer
    whose: Whose


async def hold(scope: Scope, brand_key: str, key: str) -> Held:
    """Inside a transaction. Refuses with key_invalid, brand_not_found and offer_not_found."""
    check_key(key)
    brand = await brand_of(scope, brand_key)
    named = offers_of(brand.id).filter(key=f"{brand.key}-{key}")
    offer = await named.select_for_update().first()
    if offer is None:
        raise Refusal(Code.OFFER_NOT_FOUND)
    return Held(offer, Whose(brand.id, brand.program.account_id))


async def told(ctx: Context, found: Put, whose: Whose) -> Saved:
    """Inside the transaction that wrote the offer."""
    saved = await noted(ctx, Verb.SAVE_OFFER, "offer", found, whose.account_id)
    change = found.change
    before, after = ((side or {}).get("status") for side in (change.before, change.after))
    if after is not None:
        await reached(ctx, found.id, whose, before, OfferStatus(after))
    return saved


async def move(ctx: Context, held: Held, to: OfferStatus, verb: Verb) -> None:
    """Inside a transaction."""
    offer, was = held.offer, held.offer.status
    offer.status = to
    await offer.save(update_fields=["status"])
    change = Change({"status": was.value}, {"status": to.value})
    whose = held.whose.account_id
    await note(ctx, verb, "offer", offer.id, account_id=whose, change=change)
    await reached(ctx, offer.id, held.whose, was, to)


async def reached(
    ctx: Context, offer_id: int, whose: Whose, was: OfferStatus | None, now: OfferStatus
) -> None:
    """Of one that was just made as a draft there is nothing to tell. Since when it waits is
    written anew, and why it was refused before is over; beside what people see no more, no change
    waits."""
    if was is None and now is OfferStatus.DRAFT:
        return
    if was in LIVE and now not in LIVE:
        await drop_change(ctx, offer_id, whose)
    kinds: list[type[Event]] = [_REACHED[now]]
    if was is OfferStatus.IN_REVIEW and now is OfferStatus.PUBLISHED:
        kinds = [OfferApproved, OfferPublished]
    if was is OfferStatus.PAUSED and now is OfferStatus.PUBLISHED:
        kinds = [OfferResumed]
    if now is not OfferStatus.DRAFT:
        since = ctx.clock() if now is OfferStatus.IN_REVIEW else None
        await (
            offers_of(whose.brand_id)
            .filter(id=offer_id)
            .update(submitted_at=since, refused_at=None, reason_ru="", reason_en="")
        )
    await tell(ctx, offer_id, whose, *kinds)


async def drop_change(ctx: Context, offer_id: int, whose: Whose) -> bool:
    """Inside a transaction: whether there was one. People go on seeing what they see."""
    draft = await OfferDraft.filter(offer_id=offer_id).first()
    if draft is None:
        return False
    await draft.delete()
    was = Change(before=draft.content)
    await note(ctx, Verb.DISCARD_DRAFT, "offer", offer_id, account_id=whose.account_id, change=was)
    if draft.status is OfferStatus.IN_REVIEW:
        await tell(ctx, offer_id, whose, OfferRecalled, change=True)
    return True


async def tell(
    ctx: Context, offer_id: int, whose: Whose, *kinds: type[Event], change: bool = False
) -> None:
    """Inside the transaction, of an offer whose row is held."""
    made = [kind(offer_id, *whose, change) for kind in kinds]  # type: ignore[call-arg]
    await announce_all(ctx.clock(), made)
