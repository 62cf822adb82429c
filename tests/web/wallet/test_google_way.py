"""From the page of a card into Google Wallet, and what becomes of it there."""

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import orjson
import pytest
from aiohttp.test_utils import TestClient, TestServer

from backend.cards.pocket.in_phones import page_token
from backend.passes.google.settings import open_google
from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.platform.world.phones import phones_of
from backend.wallets.google.telling import GoogleTelling
from backend.web.app import make_app
from backend.web.rate_limit import RateLimit
from models.brand import Brand
from models.wallet_pass import WalletPass
from tests.passes.google.account import EMAIL, ISSUER, key
from tests.passes.google.conftest import settings_for
from tests.passes.google.signer import Signer
from tests.support.clock import StoppedClock
from tests.support.edge.strict_google import StrictGoogle
from tests.wallets.conftest import GiveCard, give_card
from tests.wallets.google.told import BASE, LOGO, change, google_pass, in_link

__all__ = ["give_card"]

Site = TestClient[Any, Any]
ANDROID = {"User-Agent": "Mozilla/5.0 (Linux; Android 15; Pixel 9) Mobile Safari/537.36"}


@pytest.fixture
def wallet(clock: StoppedClock) -> StrictGoogle:
    return StrictGoogle(ISSUER, EMAIL, key().public_key(), clock)


@pytest.fixture
async def settings(wallet: StrictGoogle) -> AsyncIterator[Settings]:
    async with wallet.serving() as url:
        yield settings_for(url)


@pytest.fixture
async def site(database: str, ctx: Context, settings: Settings) -> AsyncIterator[Site]:
    phones = replace(ctx, phones=phones_of(settings))
    app = make_app(settings, phones, RateLimit(per_second=1e6, burst=10**6))
    async with TestClient(TestServer(app)) as client:
        yield client


async def chosen(site: Site, ctx: Context, card_id: int) -> tuple[int, str]:
    """Status, and where it leads."""
    path = f"/w/{page_token(ctx.vault, card_id)}/google"
    async with site.get(path, headers=ANDROID, allow_redirects=False) as answer:
        return answer.status, answer.headers.get("Location", "")


async def test_saved_changed_and_removed(
    site: Site,
    ctx: Context,
    clock: StoppedClock,
    wallet: StrictGoogle,
    settings: Settings,
    give_card: GiveCard,
) -> None:
    anna = await give_card()
    await google_pass(ctx, anna)
    status, way = await chosen(site, ctx, anna.id)
    assert status == 303
    card = in_link(way)
    assert card["accountName"] == "Анна Ёлкина"
    made = wallet.kept["loyaltyClass", card["classId"]]
    assert made["callbackOptions"] == {"url": f"{BASE}/wallet/google/callback"}
    assert made["programLogo"]["sourceUri"] == {"uri": f"{BASE}/media/{LOGO}"}
    # Somebody follows the link, and Google says so.
    wallet.kept["loyaltyObject", card["id"]] = card
    signer = Signer(clock())
    wallet.root_keys = signer.keys()
    held = await WalletPass.get(card_id=anna.id)
    saved = orjson.dumps(signer.callback(held.serial))
    async with site.post("/wallet/google/callback", data=saved) as answer:
        assert answer.status == 200
    await change(ctx, held, balance=Decimal(777))
    async with open_google(settings, ctx.clock) as google:
        await GoogleTelling(ctx, google, BASE).step()
    stands = wallet.object(held.serial) or {}
    assert stands["loyaltyPoints"]["balance"] == {"int": 777}
    assert (await WalletPass.get(id=held.id)).installed_at == clock()
    assert in_link((await chosen(site, ctx, anna.id))[1]) == {"id": card["id"]}
    assert not wallet.refused


async def test_no_way_while_google_is_away(
    site: Site, ctx: Context, wallet: StrictGoogle, give_card: GiveCard
) -> None:
    anna = await give_card()
    await google_pass(ctx, anna)
    wallet.trouble.append(503)
    assert await chosen(site, ctx, anna.id) == (503, "")
    assert (await chosen(site, ctx, anna.id))[0] == 303
    await Brand.all().update(logo_id=None)
    assert await chosen(site, ctx, anna.id) == (503, "")
