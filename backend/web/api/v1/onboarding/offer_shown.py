"""How an offer is told: as it stands, and the change that waits beside it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from backend.brands.offers.content import read_moment
from backend.web.api.asked import Asked
from backend.web.api.paging import Shown
from backend.web.api.queries import ListQuery
from backend.web.api.v1.shared import NewKey, TwoTexts, both, instant, without_nothing
from catalog.entries.offer import OfferEntry
from catalog.entries.values.cities import EVERYWHERE
from catalog.entries.values.scalars import Word
from models.offer import Offer, OfferDraft, OfferStatus

ENTRY: Mapping[str, Any] = {
    "benefit": {"ru": "Пряник в подарок", "en": "A gingerbread for you"},
    "terms": {"ru": "Один раз, с картой.", "en": "Once, with the card."},
    "pictures": [],
    "cities": ["kazan", "moscow"],
    "ends": "2027-01-31",
    "status": "in_review",
    "position": 100,
}
EXAMPLE: Mapping[str, Any] = {
    "key": "welcome",
    "brand": "lavka",
    **ENTRY,
    "ends": "2027-01-31T21:00:00Z",
    "submitted_at": "2026-11-27T12:30:00Z",
}


class RefusedShown(BaseModel):
    """Why the operator did not approve it."""

    at: str = Field(description="When.")
    reason: TwoTexts = Field(description="In both languages; the operator may have given one.")


class ChangeOfOffer(OfferEntry):
    """What waits; its `status` is `draft`, or `in_review` until the operator has answered."""

    changed_at: str = Field(description="When it was entered.")
    submitted_at: str | None = Field(default=None, description="Since when it waits.")
    refused: RefusedShown | None = Field(default=None, description="Of what was sent in last.")


class OfferShown(OfferEntry):
    """An offer as it was entered; times are moments."""

    key: str = Field(description="By which its brand knows it.", examples=["welcome"])
    brand: str = Field(description="The key of its brand.", examples=["lavka"])
    submitted_at: str | None = Field(default=None, description="Since when it waits.")
    refused: RefusedShown | None = Field(default=None, description="Of what was sent in last.")
    draft: ChangeOfOffer | None = Field(
        default=None, description="The change that waits beside what people see."
    )


class OfferMade(OfferEntry):
    """An offer, and the key by which its brand is to know it."""

    key: NewKey


class OffersQuery(ListQuery):
    """Which offers."""

    status: Annotated[OfferStatus | None, Word(OfferStatus)] = Field(
        default=None, description="Only those that are so.", examples=["published"]
    )


async def offers_shown(asked: Asked, rows: Sequence[Offer]) -> list[Shown]:
    """In their order."""
    ids, scope = [row.id for row in rows] or [0], asked.scope
    cities: dict[int, list[str]] = {row.id: [] for row in rows}
    for each in await scope.offer_cities().filter(offer_id__in=ids).select_related("city"):
        cities[each.offer_id].append(each.city.key)
    drafts = {each.offer_id: each for each in await scope.offer_drafts().filter(offer_id__in=ids)}
    found = scope.brands().filter(id__in=[row.brand_id for row in rows] or [0])
    brands = {brand.id: brand.key for brand in await found}
    return [
        _offer(row, brands[row.brand_id], sorted(cities[row.id]), drafts.get(row.id))
        for row in rows
    ]


def _offer(row: Offer, brand: str, cities: list[str], draft: OfferDraft | None) -> dict[str, Any]:
    return without_nothing(
        {
            "key": row.key.removeprefix(f"{brand}-"),
            "brand": brand,
            "benefit": both(row, "benefit"),
            "terms": both(row, "terms"),
            "pictures": list(row.pictures),
            "cities": EVERYWHERE if row.everywhere else cities,
            "starts": instant(row.starts_at),
            "ends": instant(row.ends_at),
            "status": row.status.value,
            "position": row.position,
            **_review(row),
            "draft": None if draft is None else _change(draft),
        }
    )


def _change(draft: OfferDraft) -> dict[str, Any]:
    content = draft.content
    return without_nothing(
        {
            **content,
            "cities": EVERYWHERE if content["cities"] is None else content["cities"],
            "starts": _instant(content["starts"]),
            "ends": _instant(content["ends"]),
            "status": draft.status.value,
            "changed_at": instant(draft.changed_at),
            **_review(draft),
        }
    )


def _review(row: Offer | OfferDraft) -> dict[str, Any]:
    refused: dict[str, Any] | None = None
    if isinstance(row.refused_at, datetime):
        refused = {"at": instant(row.refused_at), "reason": both(row, "reason")}
    return {"submitted_at": instant(row.submitted_at), "refused": refused}


def _instant(written: str | None) -> str | None:
    return instant(read_moment(written))
