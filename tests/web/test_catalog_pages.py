"""A stranger walks the site: finds an offer, opens it, goes to the bot; and gets lost, kindly."""

from datetime import UTC, datetime

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer

from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.web.app import make_app
from backend.web.bot_link import BotLink
from backend.web.rate_limit import RateLimit
from models.brand import Brand
from models.city import City
from models.media import Media
from models.offer import Offer, OfferCity, OfferStatus
from models.pool_number import PoolNumber
from tests.support.factory.brands import coffee_brand

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PICTURE = b"\x89PNG\r\n\x1a\n and so on"
SHA = "ab" * 32


@pytest.fixture
async def cup(site: aiohttp.ClientSession, ctx: Context) -> Offer:
    """An offer in Kazan with a picture, until the end of 2030 in Moscow."""
    brand = await coffee_brand()
    await Media.create(sha256=SHA, mime="image/png", width=16, height=9, content=PICTURE)
    return await offer_of(brand, "cup", "Чашка <даром>", "kazan")


async def offer_of(brand: Brand, key: str, benefit: str, city_key: str) -> Offer:
    city, _ = await City.get_or_create(
        key=city_key,
        defaults={
            "name_ru": f"Город {city_key}",
            "name_en": f"City {city_key}",
            "lat": 55.8,
            "lon": 49.1,
            "population": 1_300_000,
            "timezone": "Europe/Moscow",
        },
    )
    offer = await Offer.create(
        brand=brand,
        key=key,
        benefit_ru=benefit,
        benefit_en=f"en {key}",
        terms_ru="Первая строка\nВторая строка",
        terms_en="Terms",
        pictures=[SHA],
        ends_at=datetime(2030, 12, 31, 21, tzinfo=UTC),
        status=OfferStatus.PUBLISHED,
    )
    await OfferCity.create(offer=offer, city=city)
    return offer


async def text_of(site: aiohttp.ClientSession, path: str, status: int = 200) -> str:
    async with site.get(path, headers=BROWSER) as answer:
        assert answer.status == status, path
        return await answer.text()


async def test_found_by_words_by_city_by_shelf(site: aiohttp.ClientSession, cup: Offer) -> None:
    await offer_of(await Brand.get(id=cup.brand_id), "bun", "Булка", "samara")
    everything = await text_of(site, "/offers?lang=ru")
    assert "Чашка &lt;даром&gt;" in everything
    assert "Булка" in everything
    in_kazan = await text_of(site, "/offers?lang=ru&city=kazan")
    assert "Чашка" in in_kazan
    assert "Булка" not in in_kazan
    by_words = await text_of(site, "/offers?lang=ru&q=rjat&city=samara")
    assert "Булка" in by_words
    assert "1 предложение" in by_words
    assert "Чашка" in await text_of(site, "/offers?lang=ru&shelf=coffee")


async def test_words_that_find_nothing_say_so_and_inject_nothing(
    site: aiohttp.ClientSession, cup: Offer
) -> None:
    page = await text_of(site, "/offers?lang=en&q=%3Cscript%3Ealert(1)%3C/script%3E%20zzzzzz")
    assert "Nothing found" in page
    assert "<script" not in page
    odd = ("city=nowhere", "shelf=nothing", "q=" + "я" * 1000, "page=2&shelf=coffee&q=%00")
    for query in odd:
        await text_of(site, f"/offers?{query}")


async def test_an_offer_says_it_all_and_leads_to_the_bot(ctx: Context, cup: Offer) -> None:
    app = make_app(Settings(), ctx, bot=BotLink("https://t.me/karman_bot"))
    async with TestClient(TestServer(app)) as site:
        page = await (await site.get(f"/offers/{cup.id}?lang=ru")).text()
    assert f"https://t.me/karman_bot?start=o{cup.id}-site" in page
    assert "по 31.12.2030" in page, "the last day that counts, where the brand is"
    assert "Город kazan" in page
    assert "ООО «Кофе и точка»" in page
    assert "<p>Вторая строка</p>" in page
    assert f"/media/{SHA}" in page


async def test_an_empty_pool_is_said_where_it_is_offered(
    site: aiohttp.ClientSession, ctx: Context, cup: Offer
) -> None:
    told = "Номера карт закончились"
    for path in ("/offers?lang=ru", f"/offers/{cup.id}?lang=ru"):
        assert told in await text_of(site, path)
    brand = await Brand.get(id=cup.brand_id)
    await PoolNumber.create(
        program_id=brand.program_id, printed_number="1", barcode_value="1", changed_at=ctx.clock()
    )
    for path in ("/offers?lang=ru&city=kazan", f"/offers/{cup.id}?lang=en"):
        assert told not in await text_of(site, path)


async def test_without_the_bot_s_name_the_page_promises_nothing(
    site: aiohttp.ClientSession, ctx: Context, cup: Offer
) -> None:
    app = make_app(Settings(), ctx, bot=BotLink())
    async with TestClient(TestServer(app)) as nameless:
        page = await (await nameless.get(f"/offers/{cup.id}?lang=ru")).text()
    assert "start=" not in page


async def test_ended_unknown_and_draft(site: aiohttp.ClientSession, cup: Offer) -> None:
    await text_of(site, f"/offers/{cup.id + 1000}", 404)
    await text_of(site, "/offers/99999999999999999999", 404)
    await Offer.filter(id=cup.id).update(status=OfferStatus.ARCHIVED)
    assert "Это уже закончилось" in await text_of(site, f"/offers/{cup.id}?lang=ru", 410)
    await Offer.filter(id=cup.id).update(status=OfferStatus.DRAFT)
    forgotten = await text_of(site, f"/offers/{cup.id}?lang=en", 404)
    assert "There is no such page" in forgotten
    assert "Чашка" not in forgotten


async def test_pictures_are_kept_by_the_browser(site: aiohttp.ClientSession, cup: Offer) -> None:
    async with site.get(f"/media/{SHA}") as answer:
        assert await answer.read() == PICTURE
        assert answer.content_type == "image/png"
        assert "immutable" in answer.headers["Cache-Control"]
        etag = answer.headers["ETag"]
    async with site.get(f"/media/{SHA}", headers={"If-None-Match": etag}) as answer:
        assert answer.status == 304
    for odd in ("00" * 32, SHA.upper(), "../../etc/passwd", "a"):
        async with site.get(f"/media/{odd}") as answer:
            assert answer.status == 404


async def test_static_files_from_memory(site: aiohttp.ClientSession) -> None:
    home = await text_of(site, "/?lang=ru")
    address = next(part for part in home.split('"') if part.startswith("/static/site.css"))
    async with site.get(address) as answer:
        assert answer.content_type == "text/css"
        assert "immutable" in answer.headers["Cache-Control"]
        assert "font-src 'self'" in answer.headers["Content-Security-Policy"]
    async with site.get("/static/onest.ttf") as answer:
        assert answer.content_type == "font/ttf"
        assert answer.headers["Cache-Control"] == "no-cache"
    for odd in ("/static/", "/static/../app.py", "/static/%2e%2e%2fapp.py", "/static/nothing.css"):
        async with site.get(odd) as answer:
            assert answer.status == 404


async def test_a_person_gets_a_page_and_a_program_a_document(site: aiohttp.ClientSession) -> None:
    lost = await text_of(site, "/nowhere?lang=en", 404)
    assert "There is no such page" in lost
    assert '<html lang="en">' in lost
    async with site.get("/nowhere", headers={"Accept": "application/json"}) as answer:
        assert answer.content_type == "application/problem+json"
    async with site.delete("/offers", headers=BROWSER) as answer:
        assert answer.status == 405
        assert answer.headers["Allow"] == "GET,HEAD"
        assert "<html" in await answer.text()


async def test_too_often_is_a_page_too(ctx: Context, site: aiohttp.ClientSession) -> None:
    app = make_app(Settings(), ctx, RateLimit(per_second=0.001, burst=1))
    async with TestClient(TestServer(app)) as hasty:
        await hasty.get("/?lang=ru")
        answer = await hasty.get("/?lang=ru", headers=BROWSER)
        assert answer.status == 429
        assert "Слишком часто" in await answer.text()
        assert int(answer.headers["Retry-After"]) >= 1


async def test_metrics_are_not_for_everybody(ctx: Context, site: aiohttp.ClientSession) -> None:
    async with site.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"}) as answer:
        assert answer.status == 404
    keyed = make_app(Settings(metrics_key="a-key-of-sixteen-or-more"), ctx)
    async with TestClient(TestServer(keyed)) as watch:
        for wrong in ("", "Bearer", "Bearer a-key", "Bearer ключ"):
            assert (await watch.get("/metrics", headers={"Authorization": wrong})).status == 401
        right = {"Authorization": "Bearer a-key-of-sixteen-or-more"}
        assert (await watch.get("/metrics", headers=right)).status == 200


async def test_odd_methods_are_one_series(site: aiohttp.ClientSession) -> None:
    for method in ("PROPFIND", "MKCOL", "LOCK", "TRACE"):
        async with site.request(method, "/") as answer:
            assert answer.status == 405
    async with site.get("/metrics") as answer:
        told = await answer.text()
    assert "PROPFIND" not in told
    assert 'method="other"' in told
