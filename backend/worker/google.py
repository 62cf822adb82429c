"""Google is told of cards that have changed, from one process at a time."""

import asyncio

from backend.platform.context import Context
from backend.platform.repeat import repeat
from backend.platform.settings import Settings

POLL_SECONDS = 1.0
PAUSE_SECONDS = 0.02
HOUR_SECONDS = 3600.0


async def keep_google_told(ctx: Context, settings: Settings) -> None:
    """Runs until cancelled, in the process whose turn it is."""
    # What it needs takes its memory: only where there is an issuer.
    from backend.passes.google.settings import open_google  # noqa: PLC0415
    from backend.wallets.google.telling import GoogleTelling  # noqa: PLC0415

    async with open_google(settings, ctx.clock) as google, asyncio.TaskGroup() as group:
        telling = GoogleTelling(ctx, google, settings.base_url)

        async def step() -> None:
            more, pause = await telling.step()
            # Between batches the database belongs to others.
            await asyncio.sleep(max(pause, PAUSE_SECONDS if more else POLL_SECONDS))

        group.create_task(repeat("google", step))
        group.create_task(_keep_short(ctx))


async def _keep_short(ctx: Context) -> None:
    from backend.wallets.google.heard import forget_nonces  # noqa: PLC0415

    async def step() -> None:
        await forget_nonces(ctx)
        await asyncio.sleep(HOUR_SECONDS)

    await repeat("google_nonces", step)
