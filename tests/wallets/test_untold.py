"""Whoever tells a wallet may die at any moment: nothing is lost, nothing goes on for ever."""

import asyncio
from datetime import timedelta
from decimal import Decimal

from backend.platform.context import Context
from backend.wallets.settle import settle
from backend.wallets.untold import CLAIM, mark_told, put_off, untold
from models.card import Card
from models.wallet_pass import WalletPass
from tests.support.clock import StoppedClock
from tests.wallets.conftest import APPLE, GOOGLE, GiveCard, apple


async def changed(ctx: Context, card: Card, balance: int) -> WalletPass:
    held = await apple(ctx, card)
    await Card.filter(id=card.id).update(balance=Decimal(balance))
    await settle(ctx, [held.id])
    return await WalletPass.get(id=held.id)


async def test_each_is_claimed_by_one(ctx: Context, give_card: GiveCard) -> None:
    for n in range(9):
        await changed(ctx, await give_card(), n)
    claimed = await asyncio.gather(*(untold(ctx, APPLE, 2) for _ in range(8)))
    ids = [each.id for batch in claimed for each in batch]
    assert len(ids) == len(set(ids)) == 9
    assert await untold(ctx, GOOGLE, 10) == []


async def test_killed_between_version_and_told(
    ctx: Context, give_card: GiveCard, clock: StoppedClock
) -> None:
    held = await changed(ctx, await give_card(), 1)
    assert [each.id for each in await untold(ctx, APPLE, 10)] == [held.id]
    assert await untold(ctx, APPLE, 10) == []
    clock.advance(seconds=CLAIM.total_seconds())
    (again,) = await untold(ctx, APPLE, 10)
    await mark_told([again])
    assert await untold(ctx, APPLE, 10) == []
    clock.advance(hours=1)
    assert await untold(ctx, APPLE, 10) == []


async def test_what_came_meanwhile_is_told_next(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card()
    await changed(ctx, anna, 1)
    claimed = await untold(ctx, APPLE, 10)
    newer = await changed(ctx, anna, 2)
    await mark_told(claimed)
    (next_one,) = await untold(ctx, APPLE, 10)
    assert next_one.version == newer.version
    await mark_told([next_one])
    # One that was claimed long ago is late.
    await mark_told(claimed)
    assert (await WalletPass.get(id=newer.id)).told == newer.version


async def test_what_is_put_off_rests(
    ctx: Context, give_card: GiveCard, clock: StoppedClock
) -> None:
    held = await changed(ctx, await give_card(), 1)
    for n in (1, 2):
        assert len(await untold(ctx, APPLE, 10)) == 1
        await put_off([held.id], ctx.clock() + timedelta(minutes=9))
        assert (await WalletPass.get(id=held.id)).failures == n
        assert await untold(ctx, APPLE, 10) == []
        clock.advance(minutes=9)
    await mark_told(await untold(ctx, APPLE, 10))
    assert (await WalletPass.get(id=held.id)).failures == 0
