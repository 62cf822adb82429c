"""Promo API: a promo is an offer of the account, and goes through the life of one.

What is created or changed waits for the operator; until then it is planned, or people go on seeing
what they saw.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from backend.brands.keep_picture import keep_picture
from backend.brands.offers.enter_offer import enter_offer
from backend.messaging.markup import plain
from backend.platform.ids import new_uuid7
from backend.web.compat.call import Call
from backend.web.compat.fetch import Picture, fetched
from backend.web.compat.fields import part, text, web_address
from backend.web.compat.koshelek.offers import brand_for, offers_of_login, one_offer
from backend.web.compat.koshelek.promo_shown import (
    LONGEST_DISCOUNT,
    details,
    item,
    joined,
    parted,
    read_moment,
    status_of_offer,
)
from backend.web.compat.wrong import Wrong
from catalog.bilingual import Bilingual
from catalog.entries.offer import OfferEntry
from models.offer import Offer, OfferStatus

MOST, USUAL = 100, 15
LONGEST_NAME, LONGEST_TEXT, LONGEST_HTML = 80, 2900, 10_000
_LINES = ("</p>", "<br>", "<br/>", "<br />", "</li>")


async def every(call: Call) -> dict[str, Any]:
    limit, offset = _whole(call, "limit", USUAL, MOST), _whole(call, "offset", 0, 1_000_000)
    active = call.query.get("activeOnly", "").lower() == "true"
    now, zone = call.ctx.clock(), await _zone(call)
    found = await offers_of_login(call)
    rows = await found.order_by("-id")
    wanted = [row for row in rows if not active or status_of_offer(row, now) == "active"]
    metadata = {
        "limit": limit, "offset": offset, "totalCount": len(wanted), "activeOnly": active,
    }  # fmt: skip
    shown = wanted[offset : offset + limit]
    return {"metadata": metadata, "items": [item(row, now, zone) for row in shown]}


def _whole(call: Call, name: str, otherwise: int, most: int) -> int:
    given = call.query.get(name, str(otherwise))
    if not (given.isascii() and given.isdigit() and len(given) < 9):
        raise Wrong(400, name, f"{name}: expected a number")
    return min(int(given), most)


async def one(call: Call) -> dict[str, Any]:
    offer = await one_offer(call, call.query.get("promoId"))
    return details(offer, call.ctx.clock(), await _zone(call), call.base_url)


async def _zone(call: Call) -> ZoneInfo:
    account = await call.scope.own_accounts().get()
    return ZoneInfo(account.timezone)


async def pictures(call: Call) -> Call:
    """Before the transaction: those that are named are fetched. Raises Wrong."""
    named = part(call.body, "images")
    wanted = {name: web_address(named, name, 2000) for name in ("imageWide", "imageSquare")}
    found = [await fetched(call, url, f"images.{name}") for name, url in wanted.items() if url]
    return replace(call, ready=tuple(found))


async def create(call: Call) -> dict[str, Any]:
    brand = await brand_for(call.scope, call.settings.brand)
    zone = await _zone(call)
    name = text(call.body, "name", LONGEST_NAME, needed=True)
    starts = read_moment(text(call.body, "startDate", 40, needed=True), "startDate", zone)
    entry = _entry(
        name=name,
        terms=_terms(call.body) or name,
        discount=text(call.body, "discount", LONGEST_DISCOUNT),
        starts=starts,
        ends=_ends(call.body, starts, zone),
        shown=await _kept(call, ()),
    )
    key = f"promo-{new_uuid7(call.ctx.clock()).hex[-12:]}"
    await enter_offer(call.ctx, call.scope, brand.key, key, entry)
    made = await call.scope.offers().get(key=f"{brand.key}-{key}")
    return _answer(call, made)


async def update(call: Call) -> dict[str, Any]:
    """What is not named stays as it is."""
    offer = await one_offer(call, call.body.get("promoId", call.query.get("promoId")))
    zone, body = await _zone(call), call.body
    discount, terms = parted(offer.terms_ru)
    starts = offer.starts_at
    if given := text(body, "startDate", 40):
        starts = read_moment(given, "startDate", zone)
    entry = _entry(
        name=text(body, "name", LONGEST_NAME) or offer.benefit_ru,
        terms=_terms(body) or terms,
        discount=text(body, "discount", LONGEST_DISCOUNT) if "discount" in body else discount,
        starts=starts,
        ends=_ends(body, starts, zone) if "endDate" in body else offer.ends_at,
        shown=await _kept(call, offer.pictures),
    )
    key = offer.key.removeprefix(f"{offer.brand.key}-")
    await enter_offer(call.ctx, call.scope, offer.brand.key, key, entry)
    return _answer(call, await one_offer(call, offer.id))


def _answer(call: Call, offer: Offer) -> dict[str, Any]:
    return {"promoId": offer.id, "status": status_of_offer(offer, call.ctx.clock())}


def _ends(body: Mapping[str, Any], starts: datetime | None, zone: ZoneInfo) -> datetime | None:
    given = text(body, "endDate", 40)
    ends = read_moment(given, "endDate", zone) if given else None
    if starts and ends and ends <= starts:
        raise Wrong(400, "endDate", "endDate is before startDate")
    return ends


def _terms(body: Mapping[str, Any]) -> str:
    """Their HTML as the text that people see here."""
    given = text(body, "description", LONGEST_HTML)
    for each in _LINES:
        given = given.replace(each, f"{each}\n")
    lines = (line.strip() for line in plain(given).splitlines())
    told = "\n".join(line for line in lines if line)
    if len(told) > LONGEST_TEXT:
        raise Wrong(400, "description", f"description: expected at most {LONGEST_TEXT} characters")
    return told


def _entry(
    *, name: str, terms: str, discount: str, starts: datetime | None, ends: datetime | None,
    shown: Sequence[str],
) -> OfferEntry:  # fmt: skip
    """All of it was checked: there is nothing left to validate."""
    whole = joined(discount, terms)
    return OfferEntry.model_construct(
        benefit=Bilingual(name, name),
        terms=Bilingual(whole, whole),
        pictures=tuple(shown),
        cities=None,
        starts=starts,
        ends=ends,
        status=OfferStatus.IN_REVIEW,
        position=100,
    )


async def _kept(call: Call, otherwise: Sequence[str]) -> Sequence[str]:
    """By their SHA-256, as offers name them; the wide one first."""
    named: list[Picture] = list(call.ready)
    for found, content in named:
        await keep_picture(call.ctx, found, content, call.login.account_id)
    return [found.sha256 for found, _ in named] or otherwise
