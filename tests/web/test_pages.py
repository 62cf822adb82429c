"""Анна opens the pages, machines ask whether all is well, a stranger asks too often."""

from io import BytesIO

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from backend.platform.context import Context
from backend.platform.database import disconnect
from backend.platform.settings import Settings
from backend.restored.notice import notice
from backend.web.app import BODY_BYTES, make_app
from backend.web.rate_limit import RateLimit
from models.offer import Offer, OfferStatus
from models.refusal import Code, Refusal
from models.restoration import NoticedBy
from tests.support.factory.brands import coffee_brand


@pytest.mark.parametrize("path", ["/", "/offers", "/privacy"])
@pytest.mark.parametrize("lang", ["ru", "en"])
async def test_pages_in_both_languages(site: aiohttp.ClientSession, path: str, lang: str) -> None:
    async with site.get(path, params={"lang": lang}) as answer:
        text = await answer.text()
        assert answer.status == 200
        assert f'<html lang="{lang}">' in text
        assert "<script" not in text
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "Server" not in answer.headers


async def test_the_browser_s_language_is_spoken(site: aiohttp.ClientSession) -> None:
    async with site.get("/", headers={"Accept-Language": "fr, en-GB;q=0.8"}) as answer:
        assert '<html lang="en">' in await answer.text()
    async with site.get("/", headers={"Accept-Language": "fr"}) as answer:
        assert '<html lang="ru">' in await answer.text()


async def test_the_catalog_shows_what_is_published(
    site: aiohttp.ClientSession, ctx: Context
) -> None:
    brand = await coffee_brand()
    for number in range(30):
        await Offer.create(
            brand=brand,
            key=f"cup-{number}",
            benefit_ru=f"Чашка {number} <даром>",
            benefit_en="A cup",
            terms_ru="Без условий",
            terms_en="No terms",
            everywhere=True,
            status=OfferStatus.PUBLISHED if number else OfferStatus.DRAFT,
        )
    async with site.get("/offers?lang=ru") as answer:
        text = await answer.text()
    assert "&lt;даром&gt;" in text
    assert "Чашка 0 " not in text
    assert "Страница 1 из 2" in text
    for page in ("2", "99", "0", "-1", "x", "²", "9" * 30):
        async with site.get("/offers", params={"page": page}) as answer:
            assert answer.status == 200


async def test_privacy_names_the_controllers(site: aiohttp.ClientSession, ctx: Context) -> None:
    await coffee_brand()
    async with site.get("/privacy?lang=ru") as answer:
        text = await answer.text()
    assert "ООО «Кофе и точка»" in text
    assert "privacy@coffee.example" in text


async def test_errors_are_problem_documents(site: aiohttp.ClientSession) -> None:
    for verb, path, status in (("GET", "/nowhere", 404), ("DELETE", "/", 405)):
        async with site.request(verb, path) as answer:
            problem = await answer.json(content_type="application/problem+json")
            assert (answer.status, problem["status"]) == (status, status)
            assert problem["request_id"] == answer.headers["X-Request-Id"]
            assert "Content-Security-Policy" in answer.headers


async def test_health_and_metrics(site: aiohttp.ClientSession, ctx: Context) -> None:
    async with site.get("/readyz") as answer:
        assert await answer.json() == {
            "ok": True,
            "database": True,
            "queue": True,
            "issuing": True,
        }
    async with site.get("/metrics") as answer:
        assert "karman_http_seconds" in await answer.text()
    await notice(ctx, NoticedBy.UPDATES, 3)
    async with site.get("/readyz") as answer:
        assert (answer.status, (await answer.json())["issuing"]) == (200, False)
    await disconnect()
    async with site.get("/readyz") as answer:
        assert answer.status == 503
        assert (await answer.json())["database"] is False
    async with site.get("/healthz") as answer:
        assert await answer.json() == {"ok": True, "process": True}


async def test_refusals_bugs_and_floods(ctx: Context) -> None:
    """Handlers that refuse, break and read a body, put on the real application."""

    async def refuse(_request: web.Request) -> web.Response:
        raise Refusal(Code.NO_ROOM_FOR_CARDS, most=100)

    async def break_down(_request: web.Request) -> web.Response:
        raise ZeroDivisionError("secret detail")

    async def read(request: web.Request) -> web.Response:
        return web.Response(text=str(len(await request.read())))

    app = make_app(Settings(), ctx, RateLimit(per_second=0.001, burst=5))
    app.router.add_get("/refuse", refuse)
    app.router.add_get("/break", break_down)
    app.router.add_post("/read", read)
    async with TestClient(TestServer(app)) as client:
        answer = await client.get("/refuse")
        assert answer.status == 409
        problem = await answer.json(content_type=None)
        assert problem["type"] == "urn:karman:refusal:no_room_for_cards"
        assert problem["details"] == {"most": 100}
        answer = await client.get("/break")
        assert answer.status == 500
        assert "secret" not in await answer.text()
        assert (await client.post("/read", data=BytesIO(bytes(BODY_BYTES)))).status == 200
        assert (await client.post("/read", data=BytesIO(bytes(BODY_BYTES + 1)))).status == 413
        assert (await client.get("/")).status == 200
        answer = await client.get("/")
        assert answer.status == 429
        assert int(answer.headers["Retry-After"]) >= 1
        assert (await client.get("/healthz")).status == 200
