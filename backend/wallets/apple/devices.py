"""Which of Apple's devices hold which passes, as they say it themselves.

A device that was handed an older version than there is by the time it registers is told of the
newest one: nobody else would tell it before the next change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from backend.platform.context import Context
from backend.platform.database import among, is_postgres, rows, transaction
from backend.wallets.installed import installed, uninstalled
from backend.wallets.settle import number_anew
from models.wallet_pass import WalletDevice, WalletPass, WalletRegistration

# Of one pass: whoever registers more names devices that there are not.
MOST_DEVICES = 10
# How long a void pass may still be fetched by those who hold it.
VOID_KEPT = timedelta(days=7)
BATCH = 500
_KEY = "wallets"
# of all: the device that asks
_DEVICE = """
INSERT INTO wallet_devices (name, apns_token, changed_at) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET apns_token = $2, changed_at = $3 RETURNING id
"""
# of all: the device and the pass in hand
_REGISTER = """
INSERT INTO wallet_registrations (device_id, held_id, registered_at) VALUES ($1, $2, $3)
ON CONFLICT (device_id, held_id) DO NOTHING RETURNING id
"""
# of all: the pass in hand
_OLDEST = """
DELETE FROM wallet_registrations WHERE held_id = $1 AND id NOT IN (
    SELECT id FROM wallet_registrations WHERE held_id = $1 ORDER BY id DESC LIMIT $2)
RETURNING device_id
"""
# of all: the device that asks
_SINCE = """
SELECT w.serial, w.version FROM wallet_devices d
JOIN wallet_registrations r ON r.device_id = d.id JOIN wallet_passes w ON w.id = r.held_id
WHERE d.name = $1 AND w.issuer = $2 AND w.version > $3 ORDER BY w.version
"""
# of all: of the device in hand
_UNREGISTER = "DELETE FROM wallet_registrations WHERE device_id = $1 AND held_id = $2"
# of all: the devices in hand
_EMPTY = """
DELETE FROM wallet_devices WHERE id {among} AND NOT EXISTS (
    SELECT 1 FROM wallet_registrations r WHERE r.device_id = wallet_devices.id)
"""
# Those that a phone may still hold: what was let go once is not looked at again.
# of all: void passes, whoever's they were
_VOID = """
UPDATE wallet_passes SET removed_at = $1 WHERE id IN (
    SELECT id FROM wallet_passes WHERE wallet = 'apple' AND voided_at < $2
        AND voided_at IS NOT NULL AND installed_at IS NOT NULL AND removed_at IS NULL
    ORDER BY voided_at LIMIT $3{lock})
RETURNING id
"""
# of all: the passes in hand
_LET_GO = "DELETE FROM wallet_registrations WHERE held_id {among} RETURNING device_id"
# of all: whoever's certificates signed them
_TYPES = """
SELECT DISTINCT issuer FROM wallet_passes WHERE wallet = 'apple'
    AND installed_at IS NOT NULL AND removed_at IS NULL AND voided_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Updated:
    """`last`: what the device names when it asks again."""

    serials: list[str]
    last: str


async def register(ctx: Context, held: WalletPass, device: str, apns_token: str) -> bool:
    """Whether the device did not hold it before. Again it brings its newest token; of too many
    devices the oldest is forgotten."""
    now = ctx.clock()
    sealed = ctx.vault.seal_service(_KEY, apns_token.encode())
    async with transaction():
        # of all: the pass in hand
        row = await WalletPass.filter(id=held.id).select_for_update().get()
        (known,) = await rows(_DEVICE, [_named(ctx, device), sealed, now])
        new = bool(await rows(_REGISTER, [known["id"], row.id, now]))
        if new:
            await _forget_empty(await rows(_OLDEST, [row.id, MOST_DEVICES]))
            if row.fetched < row.version:
                await number_anew(ctx, row)
        await installed(ctx, row)
    return new


async def unregister(ctx: Context, held: WalletPass, device: str) -> None:
    """Whether it was there or not: it has left this device."""
    async with transaction():
        # of all: the pass in hand
        await WalletPass.filter(id=held.id).select_for_update().get()
        known = await WalletDevice.filter(name=_named(ctx, device)).select_for_update().first()
        if known is not None:
            await _leave(ctx, known, held)


async def _leave(ctx: Context, device: WalletDevice, held: WalletPass) -> None:
    await rows(_UNREGISTER, [device.id, held.id])
    # of all: of the device in hand
    if not await WalletRegistration.filter(device_id=device.id).exists():
        await device.delete()
    await uninstalled(ctx, held)


async def updated_since(ctx: Context, device: str, issuer: str, tag: int) -> Updated | None:
    """What of the device's passes has a version above `tag`; None: nothing, or an unknown one."""
    found = await rows(_SINCE, [_named(ctx, device), issuer, tag])
    if not found:
        return None
    return Updated([row["serial"] for row in found], str(found[-1]["version"]))


async def forget_device(ctx: Context, device_id: int, since: datetime | None) -> bool:
    """APNs knows its token no more, `since` when if it says so. False: it has registered later, and
    stays."""
    async with transaction():
        known = await WalletDevice.filter(id=device_id).select_for_update().first()
        if known is None:
            return True
        if since is not None and known.changed_at >= since:
            return False
        # of all: of the device in hand
        left = await WalletRegistration.filter(device_id=device_id).select_related("held")
        await WalletRegistration.filter(device_id=device_id).delete()  # of all: the same
        await known.delete()
    for each in left:
        await uninstalled(ctx, each.held)
    return True


async def forget_void(ctx: Context) -> int:
    """Registrations of a batch of passes that have long been void, and devices that held nothing
    else; how many passes it were."""
    now, lock = ctx.clock(), " FOR UPDATE SKIP LOCKED" if is_postgres() else ""
    async with transaction():
        void = await rows(_VOID.format(lock=lock), [now, now - VOID_KEPT, BATCH])
        ids = [row["id"] for row in void]
        await _forget_empty(await rows(_LET_GO.format(among=among(1)), [ids]) if ids else ())
    return len(ids)


async def _forget_empty(left: Sequence[Mapping[str, Any]]) -> None:
    """Inside a transaction: of the devices that were let go, those that hold nothing else."""
    if devices := sorted({row["device_id"] for row in left}):
        await rows(_EMPTY.format(among=among(1)), [devices])


async def types_in_phones() -> list[str]:
    """Pass types of which there are cards in phones."""
    return sorted(row["issuer"] for row in await rows(_TYPES))


def apns_token_of(ctx: Context, sealed: bytes) -> str:
    return ctx.vault.open_service(_KEY, sealed).decode()


def _named(ctx: Context, device: str) -> str:
    return ctx.vault.blind_index("wallet_device", device)
