"""Devices are told of what they have not heard, once it goes through, and no other devices are."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from backend.passes.apple.clients import AppleClients
from backend.passes.apple.dev_chain import TYPE
from backend.platform.context import Context
from backend.wallets.apple.devices import register
from backend.wallets.apple.latest import handed
from backend.wallets.apple.telling import AppleTelling
from backend.wallets.settle import settle
from backend.wallets.untold import rest_after
from models.card import Card
from models.wallet_pass import WalletDevice, WalletPass, WalletRegistration
from tests.support.clock import StoppedClock
from tests.support.edge.apns import Apns, apns_server
from tests.wallets.apple.served import pass_of, settings
from tests.wallets.conftest import GiveCard


async def nothing() -> None:
    pass


@asynccontextmanager
async def telling(ctx: Context) -> AsyncIterator[tuple[Apns, AppleTelling]]:
    """Apple's server, and who speaks to it."""
    async with apns_server(TYPE) as apns:
        clients = AppleClients(settings(apns_url=f"http://127.0.0.1:{apns.port}"), ctx.clock)
        try:
            yield apns, AppleTelling(ctx, clients)
        finally:
            await clients.close()


async def installed(ctx: Context, give_card: GiveCard, number: int, apns: Apns) -> WalletPass:
    """In the phone of this number."""
    held = await pass_of(ctx, await give_card())
    await handed(held)
    token = f"{number:064x}"
    apns.tokens[token] = nothing
    await register(ctx, held, f"device-{number}", token)
    return await WalletPass.get(id=held.id)


async def change(ctx: Context, held: WalletPass) -> None:
    card = await Card.get(id=held.card_id)
    await Card.filter(id=held.card_id).update(balance=(card.balance or Decimal(0)) + 1)
    await settle(ctx, [held.id])


async def untold() -> list[int]:
    return [row.id for row in await WalletPass.all().order_by("id") if row.version > row.told]


async def test_who_holds_what_changed_is_told_once(ctx: Context, give_card: GiveCard) -> None:
    async with telling(ctx) as (apns, tells):
        one, other = [await installed(ctx, give_card, number, apns) for number in (1, 2)]
        in_no_phone = await pass_of(ctx, await give_card())
        assert await tells.step() == (False, 0.0)
        assert not apns.pushes
        for held in (one, in_no_phone):
            await change(ctx, held)
        await tells.step()
        await tells.step()
        assert apns.pushes == {f"{1:064x}": 1}
        assert await untold() == []
        await change(ctx, other)
        await tells.step()
        assert apns.pushes == {f"{1:064x}": 1, f"{2:064x}": 1}
        assert apns.connections == 1


async def test_several_passes_of_one_phone_are_one_push(ctx: Context, give_card: GiveCard) -> None:
    async with telling(ctx) as (apns, tells):
        for held in [await installed(ctx, give_card, 1, apns) for _ in range(3)]:
            await change(ctx, held)
        await tells.step()
        assert apns.pushes == {f"{1:064x}": 1}
        assert await untold() == []


async def test_a_phone_that_is_gone_is_forgotten_unless_it_came_back(
    ctx: Context, give_card: GiveCard, clock: StoppedClock
) -> None:
    async with telling(ctx) as (apns, tells):
        gone, back = [await installed(ctx, give_card, number, apns) for number in (1, 2)]
        at = clock() + timedelta(minutes=1)
        apns.unregistered[f"{1:064x}"] = int(at.timestamp() * 1000)
        before = datetime(2026, 11, 1, tzinfo=UTC)
        apns.unregistered[f"{2:064x}"] = int(before.timestamp() * 1000)
        for held in (gone, back):
            await change(ctx, held)
        await tells.step()
        assert [row.held_id for row in await WalletRegistration.all()] == [back.id]
        assert await WalletDevice.all().count() == 1
        assert (await WalletPass.get(id=gone.id)).removed_at is not None
        assert (await WalletPass.get(id=back.id)).removed_at is None
        assert await untold() == [back.id]
        apns.unregistered.clear()
        clock.advance(minutes=1)
        await tells.step()
        assert await untold() == []


async def test_what_does_not_go_through_rests_longer_each_time(
    ctx: Context, give_card: GiveCard, clock: StoppedClock
) -> None:
    async with telling(ctx) as (apns, tells):
        await change(ctx, held := await installed(ctx, give_card, 1, apns))
        rests = []
        for _ in range(3):
            apns.fails.append((503, "ServiceUnavailable"))
            _, pause = await tells.step()
            assert pause > 0
            now = await WalletPass.get(id=held.id)
            assert now.rests_until is not None
            rests.append(now.rests_until - clock())
            assert await tells.step() == (False, 0.0)
            clock.advance(seconds=rests[-1] / timedelta(seconds=1))
        assert rests == [rest_after(0), rest_after(1), rest_after(2)]
        assert rest_after(99) == timedelta(hours=6)
        assert await tells.step() == (False, 0.0)
        assert await untold() == []
        assert (await WalletPass.get(id=held.id)).failures == 0


async def test_a_certificate_that_apns_refuses_costs_nobody_their_news(
    ctx: Context, give_card: GiveCard, clock: StoppedClock
) -> None:
    async with telling(ctx) as (apns, tells):
        for held in [await installed(ctx, give_card, number, apns) for number in range(3)]:
            await change(ctx, held)
        apns.fails.extend([(403, "BadCertificate")] * 3)
        assert (await tells.step())[1] > 0
        assert len(await untold()) == 3
        assert await WalletDevice.all().count() == 3
        clock.advance(minutes=10)
        await tells.step()
        assert await untold() == []


async def test_killed_after_the_push_it_is_told_again(
    ctx: Context, give_card: GiveCard, clock: StoppedClock
) -> None:
    async with telling(ctx) as (apns, tells):
        await change(ctx, held := await installed(ctx, give_card, 1, apns))
        await tells.step()
        # As if nobody had lived to write it down.
        await WalletPass.filter(id=held.id).update(
            told=0, rests_until=clock() + timedelta(minutes=2)
        )
        await tells.step()
        assert apns.pushes == {f"{1:064x}": 1}
        clock.advance(minutes=2)
        await tells.step()
        assert apns.pushes == {f"{1:064x}": 2}


async def test_a_change_while_it_is_told_is_told_next(ctx: Context, give_card: GiveCard) -> None:
    async with telling(ctx) as (apns, tells):
        held = await installed(ctx, give_card, 1, apns)
        changed = asyncio.Event()

        async def meanwhile() -> None:
            apns.tokens[f"{1:064x}"] = nothing
            await change(ctx, held)
            changed.set()

        apns.tokens[f"{1:064x}"] = meanwhile
        await change(ctx, held)
        await tells.step()
        await changed.wait()
        await tells.step()
        assert apns.pushes == {f"{1:064x}": 2}
        assert await untold() == []


async def test_a_type_without_certificate_stops_no_other(ctx: Context, give_card: GiveCard) -> None:
    async with telling(ctx) as (apns, tells):
        lost, good = [await installed(ctx, give_card, number, apns) for number in (1, 2)]
        await WalletPass.filter(id=lost.id).update(issuer="pass.example.lost")
        for held in (lost, good):
            await change(ctx, held)
        await tells.step()
        assert apns.pushes == {f"{2:064x}": 1}
        assert await untold() == [lost.id]


async def test_where_nobody_is_to_be_told_nothing_piles_up(
    ctx: Context, give_card: GiveCard
) -> None:
    async with apns_server(TYPE) as apns:
        await change(ctx, await installed(ctx, give_card, 1, apns))
        clients = AppleClients(settings(apns_url=""), ctx.clock)
        await AppleTelling(ctx, clients).step()
        assert await untold() == []
        assert not apns.pushes
