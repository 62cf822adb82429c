"""Promos and places of a CRM that was written for «Кошелёк»: offers and stores of the account."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from backend.brands.offers.review_offer import approve_offer
from backend.platform.context import OPERATOR, Context
from backend.platform.door import CLI
from catalog.tenant import Scope
from models.media import Media
from models.offer import Offer, OfferDraft, OfferStatus
from models.store import Store
from tests.messages.people import Shop, facade, make_shop
from tests.support.edge.gateways import serving
from tests.support.pictures.small import picture
from tests.web.compat.conftest import CHOSEN, KOSHELEK
from tests.web.compat.wallet import WalletCrm

# The example of their manual, as far as it holds by the tests' clock.
CREATED: dict[str, Any] = {
    "name": "Shop the BLACK WAY!",
    "startDate": "2026-11-20T00:00:00+03",
    "endDate": "2026-12-10T00:00:00+03",
    "description": "<p>Black Friday is here to smash the prices!</p>\n<p>Get a good discount</p>"
    '<script>alert(1)</script><p><a href="https://www.partner.com/promo/">See details</a></p>',
    "discount": "10",
}


@pytest.fixture
async def wide() -> AsyncIterator[str]:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(body=picture(1024, 512), content_type="image/png")

    async with serving("/wide.png", answer) as url:
        yield url


async def approve(ctx: Context, offer: Offer) -> None:
    operator = ctx.acting(OPERATOR, CLI)
    await approve_offer(operator, await Scope.of_operator(), "romashka", offer.key[9:])


async def test_a_promo_waits_for_the_operator(crm: WalletCrm, ctx: Context, wide: str) -> None:
    body = {**CREATED, "images": {"imageWide": wide}}
    made = await crm.ask("POST", "/promo/v1/create", body)
    assert (made.status, set(made.json)) == (200, {"promoId", "status"}), made.data
    assert made.json["status"] == "planned"
    offer = await Offer.get(id=made.json["promoId"])
    assert offer.status is OfferStatus.IN_REVIEW
    assert (await Media.get()).width == 1024
    await approve(ctx, offer)
    told = await crm.ask("GET", f"/promo/v1/details?promoId={offer.id}")
    assert told.json == {
        "promoId": offer.id,
        "name": "Shop the BLACK WAY!",
        "startDate": "2026-11-20T00:00:00+03",
        "endDate": "2026-12-10T00:00:00+03",
        "status": "active",
        "images": dict.fromkeys(
            ("imageWide", "imageSquare"), f"{told.json['images']['imageWide']}"
        ),
        "description": "<p>Black Friday is here to smash the prices!</p>\n"
        "<p>Get a good discount</p>\n<p>See details</p>",
        "discount": "10",
        "source": "api",
    }


async def test_what_people_see_changes_when_it_is_approved(crm: WalletCrm, ctx: Context) -> None:
    made = await crm.ask("POST", "/promo/v1/create", CREATED)
    offer = await Offer.get(id=made.json["promoId"])
    await approve(ctx, offer)
    change = {"promoId": offer.id, "name": "Ещё дешевле"}
    for method in ("POST", "PUT"):
        told = await crm.ask(method, "/promo/v1/update", change)
        assert told.json == {"promoId": offer.id, "status": "active"}
    assert (await Offer.get(id=offer.id)).benefit_ru == CREATED["name"]
    assert (await OfferDraft.get()).content["benefit"]["ru"] == "Ещё дешевле"


async def test_a_list_with_its_metadata(crm: WalletCrm, shop: Shop) -> None:
    made = [await crm.ask("POST", "/promo/v1/create", CREATED) for _ in range(3)]
    told = await crm.ask("GET", "/promo/v1/all?limit=2&offset=1")
    assert told.json["metadata"] == {
        "limit": 2, "offset": 1, "totalCount": 4, "activeOnly": False,
    }  # fmt: skip
    ids = [one["promoId"] for one in told.json["items"]]
    assert ids == [made[1].json["promoId"], made[0].json["promoId"]]
    assert set(told.json["items"][0]) == {"promoId", "name", "startDate", "endDate", "status"}
    active = await crm.ask("GET", "/promo/v1/all?activeOnly=true")
    assert [one["promoId"] for one in active.json["items"]] == [shop.offer.id]


async def test_the_same_transaction_makes_one(crm: WalletCrm) -> None:
    told = [
        (await crm.ask("POST", "/promo/v1/create", CREATED, X_Transaction_Id="p")).json
        for _ in range(2)
    ]
    assert told[0] == told[1]
    assert await Offer.filter(status=OfferStatus.IN_REVIEW).count() == 1


async def test_another_accounts_promos_are_not_there(
    crm: WalletCrm, ctx: Context, shop: Shop, site: aiohttp.ClientSession
) -> None:
    issued = await facade(ctx, await make_shop("vasilek"))
    other = WalletCrm(KOSHELEK, issued.login.login, issued.secret, site)
    await other.connect(CHOSEN)
    for named in (shop.offer.id, 987654):
        looked = await other.ask("GET", f"/promo/v1/details?promoId={named}")
        assert (looked.status, looked.json["code"]) == (404, "promoId")
        changed = await other.ask("POST", "/promo/v1/update", {"promoId": named, "name": "x"})
        assert changed.status == 404
    listed = await other.ask("GET", "/promo/v1/all")
    assert shop.offer.id not in [one["promoId"] for one in listed.json["items"]]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"name": ""}, "name"),
    ({"name": "т" * 81}, "name"),
    ({"startDate": "вчера"}, "startDate"),
    ({"endDate": "2026-11-19T00:00:00+03"}, "endDate"),
    ({"description": "<p>" + "т" * 3000 + "</p>"}, "description"),
    ({"images": {"imageWide": "http://10.0.0.1/a.png"}}, "images.imageWide"),
    ({"images": {"imageWide": "https://localhost/a.png"}}, "images.imageWide"),
    ({"images": {"imageWide": "file:///etc/passwd"}}, "imageWide"),
]


async def test_what_is_wrong_with_one(crm: WalletCrm) -> None:
    for change, code in WRONG:
        told = await crm.ask("POST", "/promo/v1/create", {**CREATED, **change})
        assert (told.status in {400, 422}, told.json["code"]) == (True, code)
    assert not await Offer.filter(status=OfferStatus.IN_REVIEW).exists()


def place(item: str = "kazan-1", **info: Any) -> dict[str, Any]:
    """As their manual has one."""
    return {
        "itemId": item,
        "placeInfo": {
            "name": "Магазин",
            "address": "Казань, ул. Баумана, д. 5",
            "phones": [{"type": "main", "number": "+7 843 000-00-00"}],
            "schedule": "Mo-Su 10:00-22:00",
            "metroStations": ["Кремлёвская"],
            "type": "shop",
            "geoPoint": {"lat": 55.7903, "lng": 49.1125},
            **info,
        },
    }


async def test_places_are_stores(crm: WalletCrm, shop: Shop) -> None:
    places = [
        place(),
        place("ТЦ №7", schedule="пн-вс с утра", geoPoint={"lat": 0, "lng": 0}),
        place("msk", address="Москва, Полевая, 1", geoPoint={"lat": 55.75, "lng": 37.61}),
        place("sea", address="нигде", geoPoint=None),
        {"itemId": "x"},
    ]
    told = await crm.ask("POST", "/places/sync", {"places": places}, offerId="romashka")
    stands = await crm.ask("GET", f"/places/sync/{told.json['sessionId']}")
    assert stands.json == {
        "sessionId": told.json["sessionId"], "status": "COMPLETED", "processed": 3, "errors": 2,
    }  # fmt: skip
    rows = {
        (row.key, row.city.key, row.hours)
        for row in await Store.filter(brand_id=shop.brand.id).select_related("city")
    }
    assert {(city, hours) for _, city, hours in rows} == {
        ("kazan", "Mo-Su 10:00-22:00"), ("kazan", ""), ("moscow", "Mo-Su 10:00-22:00"),
    }  # fmt: skip
    again = {"places": [place(address="Казань, ул. Баумана, д. 7")]}
    await crm.ask("POST", "/places/sync", again, offerId="romashka")
    (left,) = await Store.filter(brand_id=shop.brand.id)
    assert (left.key, left.address) == ("kazan-1", "Казань, ул. Баумана, д. 7")


async def test_errors_of_places_are_text(crm: WalletCrm, ctx: Context) -> None:
    await make_shop("vasilek")
    for headers, body in [
        ({}, {"places": [place()]}),
        ({"offerId": "vasilek"}, {"places": [place()]}),
        ({"offerId": "romashka"}, {"places": [{}]}),
        ({"offerId": "romashka"}, {}),
    ]:
        told = await crm.ask("POST", "/places/sync", body, **headers)
        assert told.status == 422
        assert told.headers["Content-Type"].startswith("text/plain")
    forged = await crm.ask("GET", "/places/sync/1-0-x-00000000000000000000000000000000")
    assert forged.status == 422
    assert not await Store.exists()
