"""The button of a letter, pressed in any browser: on into the bot."""

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer

from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.web.app import make_app
from backend.web.bot_link import BotLink

CHAT = "https://t.me/karman_bot"


async def test_it_leads_into_the_bot(database: str, ctx: Context) -> None:
    app = make_app(Settings(), ctx, bot=BotLink(CHAT))
    async with TestClient(TestServer(app)) as site:
        for slug in ("open_card-17", "open_offer-3", "open_contacts"):
            answer = await site.get(f"/do/{slug}", allow_redirects=False)
            assert answer.status == 302
            assert answer.headers["Location"] == f"{CHAT}?start=do_{slug}"


@pytest.mark.parametrize(
    "slug", ["stop_ads-3", "open_card", "open_contacts-1", "delete_all-1", "open_card-17-18", "x"]
)
async def test_no_link_says_no_for_anybody_or_does_what_is_unknown(
    site: aiohttp.ClientSession, slug: str
) -> None:
    """Turning advertising off has a signed link of its own: mail scanners open every one."""
    async with site.get(f"/do/{slug}", allow_redirects=False) as answer:
        assert answer.status == 404


async def test_while_the_bot_s_name_is_not_known_it_is_said(database: str, ctx: Context) -> None:
    async with TestClient(TestServer(make_app(Settings(), ctx, bot=BotLink()))) as site:
        assert (await site.get("/do/open_card-17", allow_redirects=False)).status == 503
