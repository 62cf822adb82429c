"""What runs on a schedule: clearing away what was done long ago, counting what waits, finding
empty pools, linking consent records that a lost reaction left out."""

import asyncio
from datetime import timedelta

from backend.analytics.count_events import count_events
from backend.cards.pool.pool_level import pools_by_level, settle_levels
from backend.changes.feed_consents import feed_consents
from backend.changes.feed_events import feed_events
from backend.consents.sweep import extend_all_chains
from backend.outbox.backlog import counts
from backend.outbox.tidy import tidy
from backend.platform.context import Context
from backend.platform.repeat import repeat
from backend.platform.watch.metrics import OUTBOX, POOLS

TIDY_SECONDS = 3600.0
PAUSE_SECONDS = 0.05
COUNT_SECONDS = 15.0
POOLS_SECONDS = 300.0
SEAL_SECONDS = 900.0
FEED_SECONDS = 1.0


async def keep_tidy(ctx: Context, keep: timedelta) -> None:
    """Runs until cancelled."""

    async def step() -> None:
        before = ctx.clock() - keep
        # What goes is counted and told first.
        more = await count_events() or await feed_events() or await tidy(before)
        # Between batches the database belongs to others.
        await asyncio.sleep(PAUSE_SECONDS if more else TIDY_SECONDS)

    await repeat("tidy", step)


async def keep_count() -> None:
    """Runs until cancelled."""

    async def step() -> None:
        for state, number in (await counts()).items():
            OUTBOX.labels(state).set(number)
        await asyncio.sleep(COUNT_SECONDS)

    await repeat("count", step)


async def keep_pools(ctx: Context) -> None:
    """Runs until cancelled."""

    async def step() -> None:
        if await settle_levels(ctx.clock()):
            ctx.wake.set()
        for level, programs in (await pools_by_level()).items():
            POOLS.labels(level).set(programs)
        await asyncio.sleep(POOLS_SECONDS)

    await repeat("pools", step)


async def keep_sealed() -> None:
    """Runs until cancelled."""

    async def step() -> None:
        await extend_all_chains()
        await asyncio.sleep(SEAL_SECONDS)

    await repeat("seal", step)


async def tell_feeds() -> bool:
    """A batch of each; whether there may be more."""
    more = [await feed_events(), await feed_consents()]
    return any(more)


async def keep_fed() -> None:
    """Runs until cancelled."""

    async def step() -> None:
        more = await tell_feeds()
        # Between batches the database belongs to others.
        await asyncio.sleep(PAUSE_SECONDS if more else FEED_SECONDS)

    await repeat("feed", step)
