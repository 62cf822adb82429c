"""A promo as the Promo API shows it, of an offer as it stands here."""

import html
import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from backend.web.compat.wrong import Wrong
from models.offer import Offer, OfferStatus

LONGEST_DISCOUNT = 40
_DISCOUNT = re.compile(r"Скидка ([^\n]{1,40}) %\n")


def status_of_offer(offer: Offer, now: datetime) -> str:
    """What people do not see yet is planned, what they see no more has ended."""
    over = offer.ends_at is not None and offer.ends_at <= now
    if offer.status is OfferStatus.ARCHIVED or over:
        return "completed"
    begun = offer.starts_at is None or offer.starts_at <= now
    seen = offer.status is OfferStatus.PUBLISHED
    return "active" if seen and begun else "planned"


def item(offer: Offer, now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "promoId": offer.id,
        "name": offer.benefit_ru,
        "startDate": spelt(offer.starts_at, zone),
        "endDate": spelt(offer.ends_at, zone),
        "status": status_of_offer(offer, now),
    }


def details(offer: Offer, now: datetime, zone: ZoneInfo, base_url: str) -> dict[str, Any]:
    discount, terms = parted(offer.terms_ru)
    pictures = [f"{base_url}/media/{each}" for each in offer.pictures]
    wide, square = (*pictures, "", "")[:2]
    return {
        **item(offer, now, zone),
        "images": {"imageWide": wide, "imageSquare": square or wide},
        "description": "\n".join(f"<p>{html.escape(line)}</p>" for line in terms.split("\n")),
        "discount": discount,
        "source": "api",
    }


def parted(terms: str) -> tuple[str, str]:
    """The discount, which stands in the first line, and the rest."""
    found = _DISCOUNT.match(terms)
    return (found[1], terms[found.end() :]) if found else ("", terms)


def joined(discount: str, terms: str) -> str:
    return f"Скидка {discount} %\n{terms}" if discount else terms


def spelt(moment: datetime | None, zone: ZoneInfo) -> str | None:
    """`2020-09-01T00:00:00+03`, as their manual has it."""
    if moment is None:
        return None
    here = moment.astimezone(zone)
    offset = here.strftime("%z")
    return here.strftime("%Y-%m-%dT%H:%M:%S") + offset.removesuffix("00")


def read_moment(text: str, name: str, zone: ZoneInfo) -> datetime:
    """Raises Wrong."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        expected = "2020-09-01T00:00:00+03"
        raise Wrong(400, name, f"{name}: expected a time such as {expected}") from None
    return found if found.tzinfo else found.replace(tzinfo=zone)
