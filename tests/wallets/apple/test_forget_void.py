"""What phones hold of passes that have long been void is let go, once, however many there were."""

from datetime import timedelta

from backend.platform.context import Context
from backend.wallets.apple import devices
from backend.wallets.apple.devices import VOID_KEPT, forget_void, register
from models.wallet_pass import WalletDevice, WalletPass, WalletRegistration
from tests.support.clock import StoppedClock
from tests.support.database.plans import plan
from tests.wallets.apple.served import pass_of
from tests.wallets.conftest import GiveCard

TOKEN = "ab" * 32


async def void(held: WalletPass, ctx: Context) -> None:
    await WalletPass.filter(id=held.id).update(voided_at=ctx.clock())


async def devices_of(held: WalletPass) -> int:
    return await WalletRegistration.filter(held_id=held.id).count()


async def test_a_phone_that_holds_another_card_stays(
    ctx: Context, give_card: GiveCard, clock: StoppedClock
) -> None:
    gone, stands = await pass_of(ctx, await give_card()), await pass_of(ctx, await give_card())
    for held, device in ((gone, "one"), (gone, "both"), (stands, "both")):
        await register(ctx, held, device, TOKEN)
    await void(gone, ctx)
    clock.advance(seconds=VOID_KEPT.total_seconds() - 1)
    assert await forget_void(ctx) == 0
    clock.advance(seconds=2)
    assert await forget_void(ctx) == 1
    assert (await devices_of(gone), await devices_of(stands)) == (0, 1)
    assert await WalletDevice.all().count() == 1
    assert await forget_void(ctx) == 0


async def test_whoever_registers_a_void_pass_afterwards_is_let_go_again(
    ctx: Context, give_card: GiveCard, clock: StoppedClock
) -> None:
    held = await pass_of(ctx, await give_card())
    await register(ctx, held, "one", TOKEN)
    await void(held, ctx)
    clock.advance(seconds=(VOID_KEPT + timedelta(seconds=1)).total_seconds())
    assert await forget_void(ctx) == 1
    await register(ctx, await WalletPass.get(id=held.id), "late", TOKEN)
    assert await devices_of(held) == 1
    assert await forget_void(ctx) == 1
    assert await WalletDevice.all().count() == 0


async def test_what_was_in_no_phone_is_not_looked_at(
    ctx: Context, give_card: GiveCard, clock: StoppedClock
) -> None:
    await void(await pass_of(ctx, await give_card()), ctx)
    clock.advance(seconds=(VOID_KEPT + timedelta(seconds=1)).total_seconds())
    assert await forget_void(ctx) == 0


async def test_they_are_found_by_an_index(database: str, ctx: Context) -> None:
    found = await plan(devices._VOID.format(lock=""), [str(ctx.clock()), str(ctx.clock()), 1])
    assert "wallet_passes_void" in found
