"""What waits for the operator, the longest first."""

from dataclasses import dataclass
from datetime import datetime

from backend.brands.offers.content import Content, digest_of, seen_of
from catalog.tenant import Scope, offers_in_review
from models.offer import Offer, OfferStatus


@dataclass(frozen=True, slots=True)
class Waits:
    """`seen` is what people see while a change of it waits, None when all of it is new. `digest`
    says what was looked at."""

    account: str
    brand: str
    offer: str
    since: datetime | None
    content: Content
    seen: Content | None
    digest: str


async def list_waiting(scope: Scope) -> list[Waits]:
    found = offers_in_review(scope).select_related("brand__program__account")
    waits = [await _waits(scope, row) for row in await found]
    return sorted(waits, key=lambda each: (str(each.since), each.brand, each.offer))


async def _waits(scope: Scope, offer: Offer) -> Waits:
    waiting = scope.offer_drafts().filter(offer_id=offer.id, status=OfferStatus.IN_REVIEW)
    draft, seen = await waiting.first(), await seen_of(offer)
    content = seen if draft is None else draft.content
    brand = offer.brand
    return Waits(
        brand.program.account.key,
        brand.key,
        offer.key.removeprefix(f"{brand.key}-"),
        offer.submitted_at if draft is None else draft.submitted_at,
        content,
        None if draft is None else seen,
        digest_of(content),
    )
