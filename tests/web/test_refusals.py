"""Refusals over HTTP: a status for every code, a page for people, a document for programs."""

import re

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.web.app import make_app
from backend.web.errors import _TOLD
from backend.web.problems import _STATUS, status_of
from models.refusal import Code, Refusal

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
OF_A_REFUSAL = {403, 404, 409, 410, 422, 429, 503}


def test_every_code_has_a_status_of_its_own() -> None:
    assert set(_STATUS) == set(Code), "name the code's HTTP status in backend/web/problems.py"
    assert {status_of(code) for code in Code} <= OF_A_REFUSAL
    assert [code for code in Code if status_of(code) >= 500] == [Code.TRY_LATER]
    assert status_of(Code.TRY_LATER) in _TOLD, "a page says it in words of its own"


def refusing(ctx: Context, path: str, refusal: Refusal) -> TestServer:
    async def refuse(_request: web.Request) -> web.Response:
        raise refusal

    app = make_app(Settings(), ctx)
    app.router.add_get(path, refuse)
    return TestServer(app)


@pytest.mark.parametrize("path", ["/api/v1/cards", "/compat/koshelek/push"])
async def test_a_program_gets_a_document_whatever_it_accepts(ctx: Context, path: str) -> None:
    refusal = Refusal(Code.TRY_LATER, seconds=90)
    async with TestClient(refusing(ctx, path, refusal)) as client:
        for headers in (BROWSER, {"Accept": "application/json"}, {}):
            answer = await client.get(path, headers=headers)
            assert (answer.status, answer.headers["Retry-After"]) == (503, "90")
            problem = await answer.json(content_type="application/problem+json")
            assert (problem["code"], problem["details"]) == ("try_later", {"seconds": 90})
        for wrong in ("/api/nowhere", "/compat/nowhere"):
            answer = await client.get(wrong, headers=BROWSER)
            assert (answer.status, answer.content_type) == (404, "application/problem+json")


async def test_a_person_gets_a_page(ctx: Context) -> None:
    refusal = Refusal(Code.TRY_LATER, seconds=60)
    async with TestClient(refusing(ctx, "/somewhere", refusal)) as client:
        answer = await client.get("/somewhere", headers=BROWSER)
        assert (answer.status, answer.content_type) == (503, "text/html")
        assert answer.headers["Retry-After"] == "60"
        assert "try_later" not in await answer.text()


async def test_ids_of_ours_stay_inside(ctx: Context) -> None:
    refusal = Refusal(Code.CARD_EXISTS, about=4711)
    async with TestClient(refusing(ctx, "/api/v1/cards", refusal)) as client:
        answer = await client.get("/api/v1/cards")
        assert (await answer.json(content_type=None))["details"] == {}
        assert not re.search("4711", await answer.text())
    refusal = Refusal(Code.TOO_MANY_CODES, minutes=7)
    async with TestClient(refusing(ctx, "/api/v1/codes", refusal)) as client:
        assert (await client.get("/api/v1/codes")).headers["Retry-After"] == "420"
