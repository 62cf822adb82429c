"""What is done by the clock: clearing away what was handled long ago, counting what waits."""

import asyncio
from datetime import datetime, timedelta

from backend.outbox.backlog import counts
from backend.outbox.tidy import tidy
from backend.platform.context import Context
from backend.platform.database import rows
from backend.platform.metrics import OUTBOX
from backend.worker.repeat import repeat

TIDY_SECONDS = 3600.0
PAUSE_SECONDS = 0.05
COUNT_SECONDS = 15.0
BATCH = 500


async def keep_tidy(ctx: Context, keep: timedelta) -> None:
    """Runs until cancelled."""

    async def step() -> None:
        before = ctx.clock() - keep
        more = await tidy(before) + await tidy_inbox(before)
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


async def tidy_inbox(before: datetime) -> int:
    """Delete one batch of Telegram updates handled before `before`; return how many."""
    gone = await rows(
        "DELETE FROM telegram_updates WHERE id IN (SELECT id FROM telegram_updates"
        " WHERE handled_at IS NOT NULL AND handled_at < $1 ORDER BY id LIMIT $2) RETURNING id",
        [before, BATCH],
    )
    return len(gone)
