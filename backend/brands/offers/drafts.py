"""A change that waits beside what people see."""

from backend.brands.offers.content import Content, content_of, seen_of
from backend.brands.offers.states import Held, drop_change, tell
from backend.brands.put import Saved
from backend.events.brands import OfferRecalled, OfferSubmitted
from backend.platform.context import Context
from backend.platform.watch.audit import Change, note
from catalog.entries.offer import OfferEntry
from models.audit_entry import Verb
from models.offer import OfferDraft, OfferStatus


async def draft_of(held: Held) -> OfferDraft | None:
    return await OfferDraft.filter(offer_id=held.offer.id).first()


async def write_draft(ctx: Context, held: Held, entry: OfferEntry) -> Saved:
    """Inside a transaction; the entry is a draft, or to be approved. What says what people see
    already is no change: nothing waits then."""
    wanted, seen = content_of(entry), await seen_of(held.offer)
    draft = await draft_of(held)
    if wanted == seen:
        dropped = await drop_change(ctx, held.offer.id, held.whose)
        return Saved.CHANGED if dropped else Saved.SAME
    before = seen if draft is None else draft.content
    if draft is not None and (before, draft.status) == (wanted, entry.status):
        return Saved.SAME
    was = None if draft is None else draft.status
    draft = draft or OfferDraft(offer_id=held.offer.id)
    draft.content, draft.changed_at = wanted, ctx.clock()
    change, whose = _difference(before, wanted), held.whose.account_id
    await note(ctx, Verb.DRAFT_OFFER, "offer", held.offer.id, account_id=whose, change=change)
    await set_status(ctx, held, draft, was, entry.status)
    return Saved.CHANGED


async def set_status(
    ctx: Context, held: Held, draft: OfferDraft, was: OfferStatus | None, status: OfferStatus
) -> None:
    """Inside a transaction: with whatever else has changed of it."""
    draft.status = status
    if status is OfferStatus.IN_REVIEW and was is not OfferStatus.IN_REVIEW:
        draft.submitted_at, draft.refused_at = ctx.clock(), None
        draft.reason_ru = draft.reason_en = ""
        await tell(ctx, held.offer.id, held.whose, OfferSubmitted, change=True)
    if status is OfferStatus.DRAFT and was is OfferStatus.IN_REVIEW:
        draft.submitted_at = None
        await tell(ctx, held.offer.id, held.whose, OfferRecalled, change=True)
    await draft.save()


def _difference(before: Content, after: Content) -> Change:
    names = [name for name in after if before.get(name) != after[name]]
    return Change({n: before.get(n) for n in names}, {n: after[n] for n in names})
