"""Whatever fails on the way, and whoever dies: in the end Google has what each card shows."""

import asyncio
import random
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

from backend.platform.context import Context
from backend.platform.failures import Failure
from backend.wallets.installed import uninstalled
from models.wallet_pass import WalletPass
from tests.passes.google.signer import Signer
from tests.support.clock import StoppedClock
from tests.support.edge.strict_google import LOST, StrictGoogle
from tests.wallets.conftest import GiveCard
from tests.wallets.google.told import LIGHTS, Told, change, drawn, google_pass, news, row


async def test_what_is_lost_on_the_way_at_any_step(
    there: Told, ctx: Context, clock: StoppedClock, wallet: StrictGoogle, give_card: GiveCard
) -> None:
    card = await give_card()
    await drawn(card, LIGHTS)
    anna = await google_pass(ctx, card)
    for step, trouble in enumerate((LOST, 503, 500, LOST, 429) * 3):
        await change(ctx, anna, balance=Decimal(1000 + step))
        await news(ctx, anna, f"Новость {step}")
        wallet.trouble.extend([0] * (step % 4) + [trouble])
        await there.tell()
        wallet.trouble.clear()
        await there.recover()
        assert await there.stands(anna), step
        clock.advance(hours=25)
    messages = wallet.object(anna.serial) or {}
    assert [each["body"] for each in messages["messages"]] == [
        f"Новость {step}" for step in range(5, 15)
    ]
    lit = [each.message for each in wallet.lit if each.message]
    assert len(lit) == len(set(lit)) == 15
    assert not wallet.refused


async def test_one_that_must_wait_holds_the_others_for_a_while_only(
    there: Told, ctx: Context, clock: StoppedClock, wallet: StrictGoogle, give_card: GiveCard
) -> None:
    every = [await google_pass(ctx, await give_card()) for _ in range(12)]
    for held in every:
        await change(ctx, held, balance=Decimal(7))
    wallet.trouble.append(503)
    _, pause = await there.telling.step()
    assert pause == 5.0
    assert sum([(await row(held)).failures for held in every]) <= 8
    clock.advance(seconds=16)
    await there.tell()
    assert all([await there.stands(held) for held in every])
    assert not [held for held in every if (await row(held)).failures]


async def test_settings_that_google_refuses(
    there: Told, ctx: Context, clock: StoppedClock, wallet: StrictGoogle, give_card: GiveCard
) -> None:
    anna = await google_pass(ctx, await give_card())
    await change(ctx, anna, balance=Decimal(7))
    wallet.trouble.append(403)
    _, pause = await there.telling.step()
    assert pause == 5.0
    ivan = await google_pass(ctx, await give_card())
    await change(ctx, ivan, balance=Decimal(7))
    clock.advance(minutes=9)
    await there.tell()
    assert not wallet.asked, "nobody asks until somebody has had the time to put it right"
    clock.advance(minutes=2)
    await there.tell()
    assert await there.stands(anna)
    assert await there.stands(ivan)


async def test_an_issuer_that_is_no_more_holds_up_nobody(
    there: Told, ctx: Context, give_card: GiveCard
) -> None:
    gone, anna = [await google_pass(ctx, await give_card()) for _ in range(2)]
    for held in (gone, anna):
        await change(ctx, held, balance=Decimal(8))
    await WalletPass.filter(id=gone.id).update(issuer="3388000000000000001")
    _, pause = await there.telling.step()
    assert pause == 0.0
    assert await there.stands(anna)
    assert (await row(gone)).told < (await row(gone)).version


async def test_as_long_as_google_asks_to_wait(
    there: Told, ctx: Context, clock: StoppedClock, wallet: StrictGoogle, give_card: GiveCard
) -> None:
    every = [await google_pass(ctx, await give_card()) for _ in range(2)]
    await change(ctx, every[0], balance=Decimal(8))
    wallet.trouble.append(429)
    await there.tell()
    await change(ctx, every[1], balance=Decimal(8))
    clock.advance(seconds=29)
    await there.tell()
    assert not wallet.asked
    clock.advance(seconds=2)
    await there.tell()
    assert await there.stands(every[1])


async def test_what_google_refuses_is_said_again_by_and_by(
    there: Told, ctx: Context, clock: StoppedClock, wallet: StrictGoogle, give_card: GiveCard
) -> None:
    anna = await google_pass(ctx, await give_card())
    await change(ctx, anna, balance=Decimal(7))
    wallet.trouble.append(400)
    _, pause = await there.telling.step()
    assert pause == 0.0
    # Whoever waits for it to arrive must not be told that it has.
    assert (await row(anna)).told < (await row(anna)).version
    await there.tell()
    assert wallet.object(anna.serial) is None
    clock.advance(minutes=31)
    await there.tell()
    assert await there.stands(anna)


async def test_a_class_that_google_refuses_is_said_once_for_all_its_cards(
    there: Told, ctx: Context, clock: StoppedClock, wallet: StrictGoogle, give_card: GiveCard
) -> None:
    every = [await google_pass(ctx, await give_card()) for _ in range(5)]
    for held in every:
        await change(ctx, held, balance=Decimal(7))
    wallet.trouble.append(400)
    await there.tell()
    assert not wallet.asked
    clock.advance(minutes=31)
    await there.tell()
    assert all([await there.stands(held) for held in every])


async def test_killed_anywhere(
    there: Told, ctx: Context, clock: StoppedClock, wallet: StrictGoogle, give_card: GiveCard
) -> None:
    """Whoever tells dies at any moment, Google refuses and loses at random."""
    chance = random.Random(17)
    card = await give_card()
    await drawn(card, LIGHTS)
    every = [await google_pass(ctx, card)]
    every += [await google_pass(ctx, await give_card()) for _ in range(3)]
    said = 0
    for turn in range(25):
        for held in chance.sample(every, 2):
            await change(ctx, held, balance=Decimal(turn * 10 + chance.randrange(10)))
        if chance.random() < 0.3:
            await news(ctx, chance.choice(every), f"{turn}")
            said += 1
        wallet.trouble.extend(chance.choices((0, 0, 0, LOST, 503), k=2))
        step = asyncio.create_task(there.tell())
        for _ in range(chance.randrange(60)):
            await asyncio.sleep(0)
        step.cancel()
        await asyncio.wait([step])
        clock.advance(minutes=chance.randrange(30))
    wallet.trouble.clear()
    await there.recover()
    assert all([await there.stands(held) for held in every])
    assert {each.told - each.version for each in await WalletPass.all()} == {0}
    assert not wallet.refused
    texts = [
        each["id"]
        for one in every
        for each in (wallet.object(one.serial) or {}).get("messages", [])
    ]
    assert len(texts) == len(set(texts)) == said
    lit = [each.message for each in wallet.lit if each.message]
    assert len(lit) == len(set(lit))


async def test_links_are_followed_while_google_is_told(
    there: Told, ctx: Context, clock: StoppedClock, wallet: StrictGoogle, give_card: GiveCard
) -> None:
    """Old links and new ones, in the middle of changes: in the end the phone has the newest."""
    chance, signer = random.Random(5), Signer(clock())
    wallet.root_keys = signer.keys()
    every = [await google_pass(ctx, await give_card()) for _ in range(3)]
    links: list[tuple[WalletPass, str]] = []
    for turn in range(20):
        for held in chance.sample(every, 2):
            await change(ctx, held, balance=Decimal(turn * 10 + chance.randrange(10)))
        held = chance.choice(every)
        wallet.trouble.extend(chance.choices((0, 0, 0, 0, LOST, 503), k=2))
        tells, links_to = asyncio.create_task(there.tell()), there.link(held)
        with suppress(Failure):
            links.append((held, await links_to))
        await asyncio.wait([tells])
        wallet.trouble.clear()
        if links and chance.random() < 0.6:
            await there.save(*chance.choice(links), signer)
        if chance.random() < 0.3:
            await uninstalled(ctx, held)
        clock.advance(minutes=chance.randrange(30))
    for held in every:
        await there.save(held, await there.link(held), signer)
    await there.recover()
    assert all([await there.stands(held) for held in every])
    assert len(set(there.saved)) == len(every)
    assert not wallet.refused


async def test_a_rest_grows(
    there: Told, ctx: Context, clock: StoppedClock, wallet: StrictGoogle, give_card: GiveCard
) -> None:
    anna = await google_pass(ctx, await give_card())
    await change(ctx, anna, balance=Decimal(7))
    rests = []
    for _ in range(3):
        wallet.trouble.append(503)
        await there.tell()
        until = (await row(anna)).rests_until
        assert until is not None
        rests.append(until - clock())
        clock.now = until
    assert rests == [timedelta(seconds=15), timedelta(seconds=30), timedelta(seconds=60)]
