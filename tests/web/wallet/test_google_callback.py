"""Google's door: what it signed comes in once, and nothing that others send."""

from collections.abc import AsyncIterator

import aiohttp
import orjson
import pytest

from backend.platform.context import Context
from backend.platform.settings import load_settings
from backend.web.run import listening
from models.wallet_pass import WalletPass
from tests.passes.google.account import EMAIL, ISSUER, key, key_file
from tests.passes.google.signer import Signer
from tests.support.clock import StoppedClock
from tests.support.edge.strict_google import StrictGoogle
from tests.wallets.conftest import GiveCard, give_card
from tests.wallets.google.told import google_pass

__all__ = ["give_card"]

PATH = "/wallet/google/callback"


@pytest.fixture
def wallet(clock: StoppedClock) -> StrictGoogle:
    return StrictGoogle(ISSUER, EMAIL, key().public_key(), clock)


@pytest.fixture
async def door(
    database: str, ctx: Context, wallet: StrictGoogle
) -> AsyncIterator[aiohttp.ClientSession]:
    async with wallet.serving() as url:
        settings = load_settings(
            listen="127.0.0.1:0",
            google_passes=f"{ISSUER}:{key_file(f'{url}/token')}",
            google_api_url=url,
            google_pay_url=url,
        )
        async with listening(settings, ctx) as address, aiohttp.ClientSession(address) as session:
            yield session


async def said(door: aiohttp.ClientSession, body: bytes) -> int:
    async with door.post(PATH, data=body) as answer:
        assert not await answer.text() or answer.status != 200
        return answer.status


async def test_what_google_signed(
    ctx: Context,
    clock: StoppedClock,
    wallet: StrictGoogle,
    door: aiohttp.ClientSession,
    give_card: GiveCard,
) -> None:
    signer, anna = Signer(clock()), await google_pass(ctx, await give_card())
    body = orjson.dumps(signer.callback(anna.serial))
    assert await said(door, body) == 503, "nobody knows Google's keys yet"
    clock.advance(minutes=2)
    wallet.root_keys = signer.keys()
    assert await said(door, body) == 200
    assert (await WalletPass.get(id=anna.id)).installed_at == clock()
    removed = orjson.dumps(signer.callback(anna.serial, "del", nonce="2"))
    # Said again it changes nothing, and nobody learns whether a card is there.
    for again in (removed, body, orjson.dumps(signer.callback("unknown", nonce="3"))):
        assert await said(door, again) == 200
    assert (await WalletPass.get(id=anna.id)).removed_at == clock()
    forged = orjson.dumps(Signer(clock()).callback(anna.serial, nonce="4"))
    for wrong in (forged, b"", b"{}", b"\x00" * 1000, body.replace(b"save", b"del")):
        assert await said(door, wrong) == 403
    assert await said(door, b"{" + b" " * 100_000 + b"}") == 413
    assert wallet.keys_asked == 2


async def test_where_it_is_not_set_up(database: str, ctx: Context) -> None:
    settings = load_settings(listen="127.0.0.1:0")
    async with (
        listening(settings, ctx) as address,
        aiohttp.ClientSession(address) as session,
        session.post(PATH, data=b"{}") as answer,
    ):
        assert answer.status == 404
