"""Facts are counted on a schedule: events, messages that ended, consents off their chains. Messages
that ended are told to whoever asks, and their next channels planned."""

import asyncio

from backend.analytics.count_consents import count_consents
from backend.analytics.count_deliveries import count_deliveries
from backend.analytics.count_events import count_events
from backend.cascades.plan_next import plan_next
from backend.cascades.tell_states import tell_ended
from backend.platform.repeat import repeat

EVERY_SECONDS = 5.0
PAUSE_SECONDS = 0.05


async def keep_facts() -> None:
    """Runs until cancelled, in every worker: rows say what is counted."""

    async def step() -> None:
        more = await count_what_happened()
        # Between batches the database belongs to others.
        await asyncio.sleep(PAUSE_SECONDS if more else EVERY_SECONDS)

    await repeat("facts", step)


async def count_what_happened() -> bool:
    """A batch of each; whether there may be more."""
    more = [
        await count_events(),
        await count_deliveries(plan_next, tell_ended),
        await count_consents(),
    ]
    return any(more)
