"""The phone beside the chat: a card that this machine answers with, front and back."""

import io
import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from backend.passes.face import News, Pictures
from bot.sandbox.errors import PageError
from bot.sandbox.phone.asked import AGENT, PASS
from bot.sandbox.phone.opened import LARGEST, open_pass
from tests.passes.apple.chain import AT, TOKEN, maker
from tests.passes.apple.faces import picture
from tests.passes.face import anna
from tests.support.chat.telegram import Telegram


def card() -> bytes:
    face = anna(news=News("Пряник дня: <b>-30 %</b>"))
    face = replace(face, pictures=Pictures(logo=picture(120, 120)))
    return maker().make(face, TOKEN, AT)


@pytest.fixture
async def product(database: str) -> AsyncIterator[TestServer]:
    """Leads to a card, or to anything else; writes down who asks."""
    asked: list[str] = []

    async def to_it(_request: web.Request) -> web.Response:
        return web.Response(status=303, headers={"Location": "/card.pkpass"})

    async def there(request: web.Request) -> web.Response:
        asked.append(request.headers["User-Agent"])
        return web.Response(body=card(), content_type=PASS)

    async def page(_request: web.Request) -> web.Response:
        return web.Response(text="<p>no card</p>", content_type="text/html")

    async def away(_request: web.Request) -> web.Response:
        return web.Response(status=303, headers={"Location": "https://pay.example/save"})

    app = web.Application()
    app.add_routes(
        [web.get("/w/1/apple", to_it), web.get("/card.pkpass", there), web.get("/page", page),
         web.get("/away", away)]
    )  # fmt: skip
    server = TestServer(app)
    async with server:
        yield server
    assert set(asked) <= {AGENT}


async def opened(telegram: Telegram, link: str, lang: str = "ru") -> tuple[int, str, str]:
    address = f"{telegram.url}/phone?{urlencode({'link': link, 'lang': lang})}"
    async with (
        aiohttp.ClientSession() as http,
        http.get(address, allow_redirects=False) as answer,
    ):
        return answer.status, await answer.text(), answer.headers.get("Location", "")


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_a_card_is_shown_front_and_back(telegram: Telegram, product: TestServer) -> None:
    link = str(product.make_url("/w/1/apple"))
    status, shown, _ = await opened(telegram, link)
    assert status == 200
    for words in ("Анна Ёлкина", "4600000000015", "БАЛЛЫ", "120", "Балл за рубль."):
        assert words in shown, words
    # What stands on a card is never markup.
    assert "<b>-30" not in shown
    assert "Пряник дня: <b>-30 %</b>" in unescape(shown)
    assert "<script" not in shown
    assert "POINTS" in (await opened(telegram, link, "en"))[1]


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_everything_else_is_the_browsers(telegram: Telegram, product: TestServer) -> None:
    for path in ("/page", "/away"):
        link = str(product.make_url(path))
        assert (await opened(telegram, link))[::2] == (302, link)
    for stranger in (
        "https://pay.example/x",
        "file:///etc/passwd",
        "",
        "http://[",
        "ftp://127.0.0.1",
    ):
        assert (await opened(telegram, stranger))[0] == 400
    assert (await opened(telegram, "http://127.0.0.1:1/x"))[0] == 502


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return made.getvalue()


@pytest.mark.parametrize(
    "broken",
    [b"", b"PK", card()[:200], zipped(x_png=b""), zipped(pass_json=b"{"),
     zipped(pass_json=b"{}", large_png=bytes(LARGEST + 1))],
)  # fmt: skip
def test_what_is_no_card(broken: bytes) -> None:
    with pytest.raises(PageError):
        open_pass(broken, "ru")


def test_words_of_either_language() -> None:
    said: Any = {language: open_pass(card(), language) for language in ("ru", "en")}
    labels = [dict(said[language].fields("header")) for language in said]
    assert labels == [{"Баллы": "120"}, {"Points": "120"}]
