"""A version for each change that is seen, none for what is not, and none that comes too late."""

import asyncio
from datetime import timedelta
from decimal import Decimal

from backend.platform.context import Context
from backend.platform.database import transaction
from backend.wallets.give_pass import give_pass
from backend.wallets.settle import settle, settle_held
from models.card import Card, CardStatus
from models.wallet_pass import WalletCount, WalletPass
from tests.support.clock import StoppedClock
from tests.support.database.counting import statements
from tests.wallets.conftest import GOOGLE, ISSUER, GiveCard, apple

WRITERS = 64


async def read(held: WalletPass) -> WalletPass:
    return await WalletPass.get(id=held.id)


async def test_what_shows_nowhere_is_no_version(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card()
    made = await apple(ctx, anna)
    assert made.version == made.told > 0
    await Card.filter(id=anna.id).update(source="flyer", hidden=True)
    assert await settle(ctx, [made.id]) == 0
    assert await read(made) == made
    assert (await read(made)).version == made.version


async def test_two_changes_in_one_second(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card()
    made = await apple(ctx, anna)
    times, versions = {made.changed_at}, [made.version]
    for points in (1, 2, 3):
        await Card.filter(id=anna.id).update(balance=Decimal(points))
        assert await settle(ctx, [made.id]) == 1
        now = await read(made)
        times.add(now.changed_at)
        versions.append(now.version)
        assert now.changed_at.microsecond == 0
    assert len(times) == 4
    assert versions == sorted(set(versions))
    assert (await read(made)).told == made.told


async def test_64_at_once_are_one_version(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card()
    made = await apple(ctx, anna)
    await Card.filter(id=anna.id).update(tier="Platinum")
    changed = await asyncio.gather(*(settle(ctx, [made.id]) for _ in range(WRITERS)))
    assert sorted(changed) == [0] * (WRITERS - 1) + [1]
    assert (await read(made)).version == (await WalletCount.get(wallet="apple")).version


async def test_many_people_at_once_have_a_version_each(ctx: Context, give_card: GiveCard) -> None:
    cards = [await give_card() for _ in range(8)]
    held = [await apple(ctx, card) for card in cards]
    ids = [card.id for card in cards]
    await Card.filter(id__in=ids).update(tier="Platinum")

    async def some(n: int) -> int:
        return await settle(ctx, [each.id for each in held[n % 7 :]])

    assert sum(await asyncio.gather(*(some(n) for n in range(24)))) == len(held)
    versions = {(await read(each)).version for each in held}
    assert len(versions) == len(held)
    assert max(versions) == (await WalletCount.get(wallet="apple")).version
    assert min(versions) > max(each.version for each in held)


async def test_each_wallet_counts_for_itself(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card()
    one, other = await apple(ctx, anna), await give_pass(ctx, anna, GOOGLE, "3388000000012345678")
    assert one.serial != other.serial
    await Card.filter(id=anna.id).update(balance=None)
    assert await settle(ctx, [one.id, other.id]) == 2


async def test_a_blocked_card_stays_and_one_that_left_is_void(
    ctx: Context, give_card: GiveCard, clock: StoppedClock
) -> None:
    anna = await give_card()
    made = await apple(ctx, anna)
    await Card.filter(id=anna.id).update(status=CardStatus.BLOCKED)
    assert await settle(ctx, [made.id]) == 1
    assert (await read(made)).voided_at is None
    await Card.filter(id=anna.id).update(removed_at=ctx.clock())
    assert await settle(ctx, [made.id]) == 1
    gone = await read(made)
    assert gone.voided_at == clock.now
    clock.advance(hours=1)
    assert await settle(ctx, [made.id]) == 0
    await Card.filter(id=anna.id).update(removed_at=None, status=CardStatus.ACTIVE)
    assert await settle(ctx, [made.id]) == 1
    back = await read(made)
    assert (back.voided_at, back.digest) == (None, made.digest)
    assert back.version > gone.version


async def test_the_count_is_never_behind_the_clock(
    ctx: Context, give_card: GiveCard, clock: StoppedClock
) -> None:
    """As after a backup was restored: what devices know already is not given again."""
    anna = await give_card()
    made = await apple(ctx, anna)
    for points in range(5):
        await Card.filter(id=anna.id).update(balance=Decimal(points))
        await settle(ctx, [made.id])
    known = (await read(made)).version
    await WalletCount.filter(wallet="apple").update(version=made.version)
    clock.advance(minutes=5)
    await Card.filter(id=anna.id).update(balance=Decimal(77))
    await settle(ctx, [made.id])
    assert (await read(made)).version > known
    clock.advance(days=-30)
    await Card.filter(id=anna.id).update(balance=Decimal(78))
    await settle(ctx, [made.id])
    late = await read(made)
    assert late.version > known
    assert late.changed_at > made.changed_at + timedelta(minutes=4)


async def test_a_batch_costs_as_much_as_one(ctx: Context, give_card: GiveCard) -> None:
    cards = [await give_card() for _ in range(12)]
    held = [(await apple(ctx, card)).id for card in cards]
    async with transaction():
        async with statements() as of_one:
            await settle_held(ctx, held[:1])
        async with statements() as of_all:
            await settle_held(ctx, held)
    assert len(of_all) == len(of_one)


async def test_the_same_pass_each_time(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card()
    made = await asyncio.gather(*(apple(ctx, anna) for _ in range(WRITERS)))
    assert len({(each.serial, each.version, each.issuer) for each in made}) == 1
    moved = await give_pass(ctx, anna, made[0].wallet, "pass.example.other")
    assert (moved.serial, moved.issuer) == (made[0].serial, "pass.example.other")
    await WalletPass.filter(id=moved.id).update(installed_at=ctx.clock())
    assert (await apple(ctx, anna)).issuer == "pass.example.other"
    assert moved.issuer != ISSUER
