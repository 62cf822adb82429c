"""Google's words: each counts once, whoever says it again."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import orjson
import pytest

from backend.passes.google.callback import NotGoogles
from backend.platform.context import Context
from backend.platform.failures import TryLater
from backend.wallets.google.heard import LONGEST, forget_nonces, take_callback
from models.wallet_pass import WalletNonce, WalletPass
from tests.passes.google.account import EMAIL, ISSUER, key
from tests.passes.google.signer import Signer
from tests.support.clock import StoppedClock
from tests.support.edge.strict_google import StrictGoogle
from tests.wallets.conftest import GiveCard
from tests.wallets.google.told import Told, change, google_pass


@pytest.fixture
def signer(clock: StoppedClock) -> Signer:
    return Signer(clock())


@pytest.fixture
def wallet(clock: StoppedClock, signer: Signer) -> StrictGoogle:
    made = StrictGoogle(ISSUER, EMAIL, key().public_key(), clock)
    made.root_keys = signer.keys()
    return made


async def test_saved_and_removed(
    there: Told, ctx: Context, clock: StoppedClock, give_card: GiveCard, signer: Signer
) -> None:
    anna = await google_pass(ctx, await give_card())
    saved = orjson.dumps(signer.callback(anna.serial, nonce="1"))
    removed = orjson.dumps(signer.callback(anna.serial, "del", nonce="2"))
    assert await take_callback(ctx, there.google, saved)
    row = await WalletPass.get(id=anna.id)
    assert (row.installed_at, row.removed_at) == (clock(), None)
    assert await take_callback(ctx, there.google, removed)
    assert (await WalletPass.get(id=anna.id)).removed_at == clock()
    # Said again, the first one would put it back.
    assert not await take_callback(ctx, there.google, saved)
    assert (await WalletPass.get(id=anna.id)).removed_at == clock()
    assert all(each.nonce != "1" for each in await WalletNonce.all())


async def test_what_is_saved_is_said_anew(
    there: Told, ctx: Context, wallet: StrictGoogle, give_card: GiveCard, signer: Signer
) -> None:
    """An old link brings what stood on the card then."""
    anna = await google_pass(ctx, await give_card())
    await change(ctx, anna, balance=Decimal(7))
    await there.tell()
    old = dict(wallet.object(anna.serial) or {})
    await change(ctx, anna, balance=Decimal(8))
    await there.tell()
    wallet.kept["loyaltyObject", old["id"]] = old
    await take_callback(ctx, there.google, orjson.dumps(signer.callback(anna.serial)))
    await there.tell()
    assert await there.stands(anna)


async def test_many_at_once_count_once(
    there: Told, ctx: Context, give_card: GiveCard, signer: Signer
) -> None:
    anna = await google_pass(ctx, await give_card())
    body = orjson.dumps(signer.callback(anna.serial))
    took = await asyncio.gather(*(take_callback(ctx, there.google, body) for _ in range(16)))
    assert sorted(took) == [False] * 15 + [True]


async def test_cards_that_nobody_has(
    there: Told, ctx: Context, give_card: GiveCard, signer: Signer
) -> None:
    await google_pass(ctx, await give_card())
    for n, serial in enumerate(("unknown", "Ёлка-😀", "' OR 1=1 --")):
        body = orjson.dumps(signer.callback(serial, nonce=str(n)))
        assert not await take_callback(ctx, there.google, body)


async def test_a_card_that_is_over_is_not_installed(
    there: Told,
    ctx: Context,
    clock: StoppedClock,
    wallet: StrictGoogle,
    give_card: GiveCard,
    signer: Signer,
) -> None:
    anna = await google_pass(ctx, await give_card())
    await change(ctx, anna, removed_at=clock())
    assert not await take_callback(ctx, there.google, orjson.dumps(signer.callback(anna.serial)))
    await there.tell()
    assert (wallet.object(anna.serial) or {})["state"] == "EXPIRED"
    assert (await WalletPass.get(id=anna.id)).installed_at is None


async def test_google_has_new_root_keys(
    there: Told, ctx: Context, clock: StoppedClock, wallet: StrictGoogle, give_card: GiveCard
) -> None:
    anna = await google_pass(ctx, await give_card())
    forged = orjson.dumps(Signer(clock()).callback(anna.serial))
    for _ in range(5):
        with pytest.raises(NotGoogles):
            await take_callback(ctx, there.google, forged)
    assert wallet.keys_asked == 1
    clock.advance(minutes=2)
    newer = Signer(clock())
    wallet.root_keys = newer.keys()
    assert await take_callback(ctx, there.google, orjson.dumps(newer.callback(anna.serial)))


async def test_keys_that_nobody_knows(
    there: Told, ctx: Context, wallet: StrictGoogle, give_card: GiveCard, signer: Signer
) -> None:
    wallet.root_keys = {}
    anna = await google_pass(ctx, await give_card())
    with pytest.raises(TryLater):
        await take_callback(ctx, there.google, orjson.dumps(signer.callback(anna.serial)))


async def test_what_is_forgotten_is_too_old_to_be_said_again(
    there: Told, ctx: Context, clock: StoppedClock, give_card: GiveCard, signer: Signer
) -> None:
    far = int((clock() + LONGEST + timedelta(minutes=1)).timestamp() * 1000)
    anna = await google_pass(ctx, await give_card())
    endless = orjson.dumps(signer.callback(anna.serial, expTimeMillis=far))
    with pytest.raises(NotGoogles, match="longer"):
        await take_callback(ctx, there.google, endless)
    body = orjson.dumps(signer.callback(anna.serial, key_ends=timedelta(days=60)))
    await take_callback(ctx, there.google, body)
    clock.advance(hours=1)
    await forget_nonces(ctx)
    assert await WalletNonce.all().count() == 1
    clock.advance(days=31)
    await forget_nonces(ctx)
    assert await WalletNonce.all().count() == 0
    with pytest.raises(NotGoogles, match="over"):
        await take_callback(ctx, there.google, body)
