"""A pass has come into a phone, or has left the last one that had it."""

from backend.events.cards import CardInstalled, CardUninstalled
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import transaction
from models.wallet_pass import WalletPass, WalletRegistration


async def installed(ctx: Context, held: WalletPass) -> bool:
    """False: it was there already, in this phone or another."""
    async with transaction():
        row = await _locked(held)
        if row.installed_at is not None and row.removed_at is None:
            return False
        now = ctx.clock()
        await WalletPass.filter(id=row.id).update(installed_at=now, removed_at=None)
        await announce(now, CardInstalled(*_of(row), wallet=row.wallet.value))
    ctx.wake.set()
    return True


async def uninstalled(ctx: Context, held: WalletPass) -> bool:
    """False: it was in none, or is still in another."""
    async with transaction():
        row = await _locked(held)
        if row.installed_at is None or row.removed_at is not None:
            return False
        # of all: of the pass in hand
        if await WalletRegistration.filter(held_id=row.id).exists():
            return False
        now = ctx.clock()
        await WalletPass.filter(id=row.id).update(removed_at=now)
        await announce(now, CardUninstalled(*_of(row), wallet=row.wallet.value))
    ctx.wake.set()
    return True


async def _locked(held: WalletPass) -> WalletPass:
    await WalletPass.filter(id=held.id).select_for_update().get()
    return await WalletPass.filter(id=held.id).select_related("card__program").get()


def _of(row: WalletPass) -> tuple[int, int, int, int]:
    program = row.card.program
    assert program is not None, "a card of no program is in no wallet"
    return row.card_id, row.card.customer_id, program.id, program.account_id
