"""The page of a card: what it shows to which phone, and how long it leads anywhere."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from backend.cards.pocket.in_phones import page_token
from backend.cards.pocket.view_card import view_card
from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.platform.words import Translator
from backend.platform.world.phones import phones_of
from backend.wallets.give_pass import give_pass
from backend.wallets.installed import installed
from backend.web.app import make_app
from backend.web.rate_limit import RateLimit
from bot.screens.pocket.card import card as card_screen
from bot.words import load_words
from models.card import Card, CardStatus
from models.customer import Customer
from models.wallet_pass import WalletKind, WalletPass
from tests.passes.apple.chain import chain
from tests.passes.google.account import key_file
from tests.wallets.conftest import GiveCard

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Mobile/15E148"
ANDROID = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Mobile Safari/537.36"
DESKTOP = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"
BASE = "https://karman.example"


@pytest.fixture
def settings() -> Settings:
    pem = (chain().signer + chain().intermediate).decode()
    google = f"3388000000012345678:{key_file()}"
    return Settings(base_url=BASE, apple_passes=pem, google_passes=google)


@pytest.fixture
def phones(ctx: Context, settings: Settings) -> Context:
    return replace(ctx, phones=phones_of(settings))


@pytest.fixture
async def site(phones: Context, settings: Settings) -> AsyncIterator[TestClient[Any, Any]]:
    app = make_app(settings, phones, RateLimit(per_second=1e6, burst=10**6))
    async with TestClient(TestServer(app)) as client:
        yield client


async def look(
    site: TestClient[Any, Any], path: str, agent: str = DESKTOP, language: str = "en"
) -> tuple[int, str, str]:
    """Status, what it says, where it leads."""
    headers = {"User-Agent": agent, "Accept-Language": language}
    async with site.get(path, headers=headers, allow_redirects=False) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.status, await answer.text(), answer.headers.get("Location", "")


def address(ctx: Context, card: Card) -> str:
    return f"/w/{page_token(ctx.vault, card.id)}"


async def test_each_phone_is_shown_its_own_wallet(
    site: TestClient[Any, Any], ctx: Context, give_card: GiveCard
) -> None:
    anna = await give_card()
    seen = {
        agent: (await look(site, address(ctx, anna), agent))[1]
        for agent in (IPHONE, ANDROID, DESKTOP)
    }
    apple, google, code = "Add to Apple Wallet", "Add to Google Wallet", 'src="/w/'
    shows = {
        agent: [each in text for each in (apple, google, code)] for agent, text in seen.items()
    }
    assert shows[IPHONE] == [True, False, False]
    assert shows[ANDROID] == [False, True, False]
    assert shows[DESKTOP] == [True, True, True]
    for text in seen.values():
        assert "<script" not in text
        assert anna.printed_number not in text
        assert "Ёлкина" not in text
    # Where Google Wallet is not offered to people its button says so.
    assert "Сохранить на телефон" in (await look(site, address(ctx, anna), ANDROID, "ru"))[1]


async def test_looking_makes_nothing(
    site: TestClient[Any, Any], ctx: Context, give_card: GiveCard
) -> None:
    anna = await give_card()
    for path in (address(ctx, anna), f"{address(ctx, anna)}.svg"):
        assert (await look(site, path))[0] == 200
    assert not await WalletPass.exists()


async def test_a_card_for_each_wallet(
    site: TestClient[Any, Any], ctx: Context, give_card: GiveCard
) -> None:
    anna = await give_card()
    status, _, there = await look(site, f"{address(ctx, anna)}/apple", IPHONE)
    assert status == 303
    async with site.get(there.removeprefix(BASE)) as file:
        assert file.content_type == "application/vnd.apple.pkpass"
        assert (await file.read()).startswith(b"PK")
    # A phone that has another wallet is shown its own.
    assert (await look(site, f"{address(ctx, anna)}/google", IPHONE))[0] == 200
    assert [row.wallet async for row in WalletPass.all()] == [WalletKind.APPLE]


async def test_an_address_that_leads_nowhere(
    site: TestClient[Any, Any], ctx: Context, give_card: GiveCard
) -> None:
    anna, other = await give_card(), await give_card()
    own = address(ctx, anna)
    forged = own.replace(f"/w/{anna.id}-", f"/w/{other.id}-")
    for path in (forged, f"{own[:-1]}{'0' if own[-1] != '0' else '1'}", f"{forged}/apple"):
        assert (await look(site, path))[0] == 404, path
    for gone in ({"removed_at": ctx.clock()}, {"status": CardStatus.BLOCKED}):
        await Card.filter(id=other.id).update(**gone)
        for path in (address(ctx, other), f"{address(ctx, other)}/apple"):
            status, text, _ = await look(site, path)
            assert (status, "This card is here no more" in text) == (404, True)
    await Customer.filter(id=anna.customer_id).update(deleted_at=ctx.clock())
    assert (await look(site, own))[0] == 404
    assert not await WalletPass.exists()


async def test_nothing_is_offered_where_nothing_is_set_up(
    ctx: Context, phones: Context, give_card: GiveCard
) -> None:
    anna = await give_card()
    owner = await Customer.get(id=anna.customer_id)
    bare = await view_card(ctx, owner, anna.id)
    assert not bare.phones.offered
    assert all(button.url is None for row in buttons(bare, "ru") for button in row)
    view = await view_card(phones, owner, anna.id)
    links = {b.label: b.url for row in buttons(view, "ru") for b in row if b.url}
    page = f"{BASE}{address(ctx, anna)}"
    assert links == {
        "Добавить в Apple Wallet": f"{page}/apple",
        "Сохранить на телефон": f"{page}/google",
    }


def buttons(view: Any, language: str) -> Any:
    return card_screen(Translator(load_words(), language), view).rows


async def test_the_card_says_where_it_is(phones: Context, give_card: GiveCard) -> None:
    anna = await give_card()
    await installed(phones, await give_pass(phones, anna, WalletKind.APPLE, "pass.example.a"))
    view = await view_card(phones, await Customer.get(id=anna.customer_id), anna.id)
    assert view.phones.installed == (WalletKind.APPLE,)
    assert "В Apple Wallet" in card_screen(Translator(load_words(), "ru"), view).text
