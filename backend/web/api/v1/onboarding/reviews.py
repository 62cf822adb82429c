"""What waits for the operator: offers, and changes of offers that people see."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field

from backend.access.rights import Right
from backend.brands.offers.review_offer import approve_offer, refuse_offer
from backend.web.api.asked import Asked
from backend.web.api.operation import Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery, Query
from backend.web.api.v1.onboarding.offer_shown import EXAMPLE, OfferShown, offers_shown
from backend.web.api.v1.onboarding.offers import NAMED, one, stands
from catalog.entries.refusal import RefusalEntry
from catalog.tenant import offers_in_review
from models.offer import Offer
from models.refusal import Code

DOOR = "api:v1/reviews"
_FAILS = (*NAMED, Code.NOTHING_WAITS)
_REASON = {"ru": "На картинке чужой логотип.", "en": "The picture shows another brand."}
_REFUSED: Mapping[str, Any] = {
    **{name: value for name, value in EXAMPLE.items() if name != "submitted_at"},
    "status": "draft",
    "refused": {"at": "2026-11-27T14:00:00Z", "reason": _REASON},
}


class ReviewShown(OfferShown):
    """An offer of which something waits: its `draft`, or without one all of it."""

    account: str = Field(description="The key of its account.", examples=["lavka"])


async def every(asked: Asked) -> Answer:
    async def show(rows: Sequence[Offer]) -> list[Shown]:
        whose = await _accounts(asked, rows)
        told = await offers_shown(asked, rows)
        return [{**each, "account": whose[each["brand"]]} for each in told]

    return await page(asked, offers_in_review(asked.scope), show)


async def _accounts(asked: Asked, rows: Sequence[Offer]) -> Mapping[str, str]:
    """By the key of a brand."""
    brands = asked.scope.brands().filter(id__in=[row.brand_id for row in rows] or [0])
    named = brands.values_list("key", "program__account__key")
    return {str(brand): str(account) for brand, account in await named}


async def approve(asked: Asked) -> Answer:
    await approve_offer(asked.ctx, asked.scope, asked.path["brand"], asked.path["offer"])
    return await one(asked)


async def refuse(asked: Asked) -> Answer:
    reason, where = asked.entered(RefusalEntry).reason, (asked.path["brand"], asked.path["offer"])
    await refuse_offer(asked.ctx, asked.scope, *where, reason)
    return await one(asked)


OPERATIONS = (
    Operation(
        "POST", "/brands/{brand}/offers/{offer}/approve", DOOR, Right.OPERATOR,
        "Approve what waits of an offer", approve, OfferShown, Query,
        example={**EXAMPLE, "status": "published"}, etag=True, stands=stands, changes_catalog=True,
        refusals=_FAILS,
        about="People see it from now on. `If-Match` says what you have looked at: what has "
        "changed meanwhile is not approved.",
    ),
    Operation(
        "POST", "/brands/{brand}/offers/{offer}/refuse", DOOR, Right.OPERATOR,
        "Refuse what waits of an offer", refuse, OfferShown, Query, body=RefusalEntry,
        body_example={"reason": _REASON}, example=_REFUSED, etag=True, stands=stands,
        changes_catalog=True, refusals=_FAILS,
        about="It is a draft again; its account reads the reason.",
    ),
    Operation(
        "GET", "/reviews", DOOR, Right.OPERATOR, "List what waits for approval", every, ReviewShown,
        ListQuery, example={**EXAMPLE, "account": "lavka"}, paged=True,
    ),
)  # fmt: skip
