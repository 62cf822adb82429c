"""What an offer says, as plain JSON: to compare it, and to keep a change beside what people see."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import orjson

from catalog.bilingual import Bilingual
from catalog.entries.offer import OfferEntry
from models.offer import Offer, OfferCity, OfferStatus

# Keys: benefit, terms, pictures, cities (None is everywhere), starts, ends, position.
Content = dict[str, Any]


def content_of(entry: OfferEntry) -> Content:
    return {
        "benefit": {"ru": entry.benefit.ru, "en": entry.benefit.en},
        "terms": {"ru": entry.terms.ru, "en": entry.terms.en},
        "pictures": list(entry.pictures),
        "cities": None if entry.cities is None else sorted(entry.cities),
        "starts": _written(entry.starts),
        "ends": _written(entry.ends),
        "position": entry.position,
    }


async def seen_of(offer: Offer) -> Content:
    """What stands of it."""
    named = OfferCity.filter(offer_id=offer.id).values_list("city__key", flat=True)
    return {
        "benefit": {"ru": offer.benefit_ru, "en": offer.benefit_en},
        "terms": {"ru": offer.terms_ru, "en": offer.terms_en},
        "pictures": list(offer.pictures),
        "cities": None if offer.everywhere else sorted(str(key) for key in await named),
        "starts": _written(offer.starts_at),
        "ends": _written(offer.ends_at),
        "position": offer.position,
    }


def entry_from(content: Content, status: OfferStatus) -> OfferEntry:
    """It was checked when it was entered: there is nothing left to validate."""
    cities = content["cities"]
    return OfferEntry.model_construct(
        benefit=Bilingual(**content["benefit"]),
        terms=Bilingual(**content["terms"]),
        pictures=tuple(content["pictures"]),
        cities=None if cities is None else tuple(cities),
        starts=read_moment(content["starts"]),
        ends=read_moment(content["ends"]),
        status=status,
        position=content["position"],
    )


def digest_of(content: Content) -> str:
    """Eight signs by which whoever has looked at it says what they have looked at."""
    whole = orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(whole).hexdigest()[:8]


def read_moment(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written)


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()
