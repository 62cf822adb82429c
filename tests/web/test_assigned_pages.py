"""The page of an assigned card, its QR, and the block in mass mail."""

import struct
import zlib
from io import BytesIO

import aiohttp
import pytest
import zxingcpp
from aiohttp.test_utils import TestClient, TestServer
from PIL import Image

from backend.cards.assign.addresses import Addresses, addresses_of
from backend.cards.assign.end_assignment import withdraw_assignment
from backend.cards.assign.token import Purpose, token_of
from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.web.app import make_app
from backend.web.bot_link import BotLink
from backend.web.middlewares import CROWD_TIMES, HEADERS
from backend.web.rate_limit import RateLimit
from models.assignment import Assignment
from models.program import Program
from tests.support.clock import StoppedClock
from tests.support.factory.assigning import NUMBER, assigned, claimed, proven
from tests.support.factory.brands import shop

BASE = "https://karman.example"
PHONE = {"User-Agent": "Mozilla/5.0 (iPhone) Mobile/15E148", "Accept-Language": "ru"}
CHANGING = {"X-Request-Id", "Date"}


@pytest.fixture
async def program(database: str) -> Program:
    _, program, _ = await shop("lavka")
    return program


@pytest.fixture
async def row(ctx: Context, program: Program) -> Assignment:
    return await assigned(ctx, program)


def where(ctx: Context, row: Assignment, base: str = "") -> Addresses:
    found = addresses_of(ctx.vault, base, row, row.state)
    assert found is not None
    return found


async def read(site: aiohttp.ClientSession, path: str, **headers: str) -> tuple[int, str]:
    async with site.get(path, headers={"Accept-Language": "ru"} | headers) as answer:
        return answer.status, await answer.text()


async def picture(
    site: aiohttp.ClientSession, path: str, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with site.get(path, headers=named, allow_redirects=False) as answer:
        told = {n.title(): v for n, v in answer.headers.items() if n.title() not in CHANGING}
        return answer.status, told, await answer.read()


async def test_the_page_says_whose_card_and_not_for_whom(
    site: aiohttp.ClientSession, ctx: Context, row: Assignment
) -> None:
    status, text = await read(site, where(ctx, row).link)
    assert status == 200
    assert "Карта «Бренд lavka» ждёт вас" in text
    assert not [told for told in (NUMBER[1:], row.barcode_value, "crm-1") if told in text]
    async with site.get(where(ctx, row).link) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]
    assert "<script" not in text


async def test_the_bot_opens_at_once_on_a_phone(ctx: Context, row: Assignment) -> None:
    app = make_app(Settings(), ctx, RateLimit(), bot=BotLink("https://t.me/karman_bot"))
    token = token_of(ctx.vault, Purpose.CLAIM, row.nonce)
    start = f"https://t.me/karman_bot?start=k{token}"
    async with TestClient(TestServer(app)) as client:
        for headers, at_once in ((PHONE, True), ({"Sec-CH-UA-Mobile": "?0"} | PHONE, False)):
            text = await (await client.get(f"/k/{token}", headers=headers)).text()
            assert f'class="button" href="{start}"' in text
            assert (f'http-equiv="refresh" content="0; url={start}"' in text) is at_once


async def test_what_leads_nowhere_is_one_page(
    site: aiohttp.ClientSession, ctx: Context, program: Program, clock: StoppedClock
) -> None:
    taken_back, over = [await assigned(ctx, program, f"crm-{n}", days=n) for n in (2, 1)]
    links = [where(ctx, each).link for each in (taken_back, over)]
    await withdraw_assignment(ctx, taken_back)
    clock.advance(days=1)
    forged = f"/k/{'A' * 16}{'0' * 32}"
    pages = {path: await read(site, path) for path in (*links, forged)}
    assert {status for status, _ in pages.values()} == {404}
    assert len({text.replace(path, "") for path, (_, text) in pages.items()}) == 1


async def test_the_codes_of_a_letter(
    site: aiohttp.ClientSession, ctx: Context, row: Assignment
) -> None:
    seen = where(ctx, row)
    status, headers, drawn = await picture(site, seen.qr_png)
    assert (status, headers["Content-Type"]) == (200, "image/png")
    read_back = zxingcpp.read_barcode(Image.open(BytesIO(drawn)))
    assert read_back is not None
    assert read_back.text.endswith(seen.link)
    status, headers, drawn = await picture(site, seen.qr_svg)
    assert (status, headers["Content-Type"]) == (200, "image/svg+xml")
    assert drawn.startswith(b"<svg")
    assert (await picture(site, seen.qr_svg, If_None_Match=headers["Etag"]))[0] == 304
    assert (await picture(site, f"/k/{'A' * 16}{'0' * 32}.png"))[0] == 404


async def test_the_block_shows_the_code_until_the_card_is_there(
    site: aiohttp.ClientSession, ctx: Context, program: Program, row: Assignment
) -> None:
    path = where(ctx, row).block
    status, headers, drawn = await picture(site, path)
    assert (status, headers["Content-Type"]) == (200, "image/png")
    assert headers["Cache-Control"].startswith("no-cache")
    assert "Set-Cookie" not in headers
    assert drawn == (await picture(site, where(ctx, row).qr_png))[2]
    assert (await picture(site, path, If_None_Match=headers["Etag"]))[0] == 304

    await claimed(ctx, await proven(ctx, 1), row)
    answers = [
        await picture(site, each, If_None_Match=headers["Etag"])
        for each in (path, f"/k/block/{'A' * 16}{'0' * 32}.png", "/k/block/x.png", "/k/block/я")
    ]
    assert all(each == answers[0] for each in answers), "nobody can tell whose there is none"
    assert_is_nothing(answers[0][2])
    async with site.head(path) as head:
        assert head.status == 200
        assert head.headers["Content-Length"] == str(len(answers[0][2]))


async def test_one_purpose_opens_no_other(
    site: aiohttp.ClientSession, ctx: Context, row: Assignment
) -> None:
    claim, block = (token_of(ctx.vault, each, row.nonce) for each in Purpose)
    assert (await read(site, f"/k/{block}"))[0] == 404
    assert (await picture(site, f"/k/{block}.png"))[0] == 404
    assert_is_nothing((await picture(site, f"/k/block/{claim}.png"))[2])


async def test_a_mail_service_asks_for_all_of_its_people(ctx: Context, row: Assignment) -> None:
    """From one address, which is far more than a person does, and not without an end."""
    app = make_app(Settings(), ctx, RateLimit(per_second=0.001, burst=1))
    path = where(ctx, row).block
    async with TestClient(TestServer(app)) as client:
        told = [(await client.get(path)).status for _ in range(CROWD_TIMES + 1)]
        assert told == [200] * CROWD_TIMES + [429]
        assert [(await client.get("/")).status for _ in range(2)] == [200, 429]


def assert_is_nothing(drawn: bytes) -> None:
    """One transparent dot, in a PNG whose every part is whole."""
    shown = Image.open(BytesIO(drawn)).convert("RGBA")
    assert (shown.size, shown.getchannel("A").getpixel((0, 0))) == ((1, 1), 0)
    place = 8
    while place < len(drawn):
        (length,) = struct.unpack(">I", drawn[place : place + 4])
        chunk = drawn[place + 4 : place + 8 + length]
        (told,) = struct.unpack(">I", drawn[place + 8 + length : place + 12 + length])
        assert zlib.crc32(chunk) == told
        place += 12 + length
