"""Apple's devices are told of new passes, from one process at a time."""

import asyncio

from backend.platform.context import Context
from backend.platform.repeat import repeat
from backend.platform.settings import Settings
from backend.platform.watch.metrics import PASS_CERTIFICATES
from backend.wallets.apple.devices import BATCH, forget_void

POLL_SECONDS = 1.0
PAUSE_SECONDS = 0.02
HOUR_SECONDS = 3600.0
DAY_SECONDS = 86400.0


async def keep_apple_told(ctx: Context, settings: Settings) -> None:
    """Runs until cancelled, in the process whose turn it is."""
    # HTTP/2 and certificates take their memory: only where there are any.
    from backend.passes.apple.clients import AppleClients  # noqa: PLC0415
    from backend.wallets.apple.telling import AppleTelling  # noqa: PLC0415

    clients = AppleClients(settings, ctx.clock)
    telling = AppleTelling(ctx, clients)

    async def step() -> None:
        more, pause = await telling.step()
        # Between batches the database belongs to others.
        await asyncio.sleep(max(pause, PAUSE_SECONDS if more else POLL_SECONDS))

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(repeat("apple", step))
            group.create_task(_keep_watch(ctx, settings))
    finally:
        await clients.close()


async def _keep_watch(ctx: Context, settings: Settings) -> None:
    """Whether certificates are about to be over, and devices that hold nothing any more."""
    from backend.passes.apple.settings import apple_passes  # noqa: PLC0415

    async def step() -> None:
        passes, now = apple_passes(settings), ctx.clock()
        passes.warn(now)
        for each in passes.certificates:
            PASS_CERTIFICATES.labels(each.type).set((each.ends - now).total_seconds() / DAY_SECONDS)
        more = await forget_void(ctx) == BATCH
        # Between batches the database belongs to others.
        await asyncio.sleep(PAUSE_SECONDS if more else HOUR_SECONDS)

    await repeat("apple_watch", step)
