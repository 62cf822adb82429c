"""The operator approves what waits of an offer, or refuses it with a reason."""

from dataclasses import dataclass

from backend.brands.offers.content import Content, digest_of, entry_from, seen_of
from backend.brands.offers.drafts import draft_of
from backend.brands.offers.states import Held, hold, move, tell
from backend.brands.save_offer import write_offer
from backend.events.brands import OfferApproved, OfferRefused
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import Change, note
from backend.platform.watch.use_case_log import log_of
from catalog.bilingual import Bilingual
from catalog.scope import offers_of
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.offer import OfferDraft, OfferStatus
from models.refusal import Code, Refusal


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits of an offer: a change beside what people see, or (`draft` is None) all of it."""

    held: Held
    content: Content
    draft: OfferDraft | None


async def approve_offer(
    ctx: Context, scope: Scope, brand_key: str, key: str, seen: str | None = None
) -> None:
    """People see it from now on: of a change all of it in one transaction, in the place of what
    they saw. `seen` is the digest of what was looked at.

    Refuses with brand_not_found, offer_not_found, nothing_waits, and with offer_changed when
    something else waits by now.
    """
    async with transaction():
        waiting = await waiting_of(scope, brand_key, key, seen)
        if waiting.draft is None:
            await move(ctx, waiting.held, OfferStatus.PUBLISHED, Verb.APPROVE_OFFER)
        else:
            await _swap(ctx, waiting, waiting.draft)
    ctx.brands.forget()
    log_of(ctx, __name__).info("an offer is approved", brand=brand_key, offer=key)


async def refuse_offer(
    ctx: Context, scope: Scope, brand_key: str, key: str, reason: Bilingual, seen: str | None = None
) -> None:
    """It is a draft again, which says why. Refuses as `approve_offer` does."""
    async with transaction():
        waiting = await waiting_of(scope, brand_key, key, seen)
        held, draft = waiting.held, waiting.draft
        said = {"reason_ru": reason.ru, "reason_en": reason.en}
        row = {**said, "status": OfferStatus.DRAFT, "submitted_at": None, "refused_at": ctx.clock()}
        if draft is None:
            await offers_of(held.whose.brand_id).filter(id=held.offer.id).update(**row)
        else:
            await OfferDraft.filter(offer_id=held.offer.id).update(**row)
        await _note(ctx, held, Verb.REFUSE_OFFER, Change(after=said))
        await tell(ctx, held.offer.id, held.whose, OfferRefused, change=draft is not None)
    log_of(ctx, __name__).info("an offer is refused", brand=brand_key, offer=key)


async def waiting_of(scope: Scope, brand_key: str, key: str, seen: str | None = None) -> Waiting:
    """Inside a transaction; the offer is held."""
    held = await hold(scope, brand_key, key)
    draft = await draft_of(held)
    status = held.offer.status if draft is None else draft.status
    if status is not OfferStatus.IN_REVIEW:
        raise Refusal(Code.NOTHING_WAITS)
    content = await seen_of(held.offer) if draft is None else draft.content
    if seen is not None and seen != digest_of(content):
        raise Refusal(Code.OFFER_CHANGED)
    return Waiting(held, content, draft)


async def _swap(ctx: Context, waiting: Waiting, draft: OfferDraft) -> None:
    held = waiting.held
    entry = entry_from(waiting.content, held.offer.status)
    found = await write_offer(held.whose.brand_id, held.offer.key, entry)
    await draft.delete()
    await _note(ctx, held, Verb.APPROVE_OFFER, found.change)
    await tell(ctx, held.offer.id, held.whose, OfferApproved, change=True)


async def _note(ctx: Context, held: Held, verb: Verb, change: Change) -> None:
    account_id = held.whose.account_id
    await note(ctx, verb, "offer", held.offer.id, account_id=account_id, change=change)
