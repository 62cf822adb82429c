"""Say what has become true, in the transaction that makes it true."""

from collections.abc import Awaitable, Sequence
from dataclasses import asdict
from datetime import datetime

from backend.events.event import Event
from models.outbox import OutboxEvent


def announce(now: datetime, event: Event) -> Awaitable[OutboxEvent]:
    """Insert the event through the current transaction. After commit the use case calls
    `ctx.wake.set()`."""
    return OutboxEvent.create(kind=type(event).__name__, payload=asdict(event), at=now)


async def announce_all(now: datetime, events: Sequence[Event]) -> None:
    """The same for many, in this order: what a schedule has found in one batch."""
    made = [OutboxEvent(kind=type(e).__name__, payload=asdict(e), at=now) for e in events]
    if made:
        await OutboxEvent.bulk_create(made)
