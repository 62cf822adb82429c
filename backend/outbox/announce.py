"""Say what has become true, in the transaction that makes it true."""

from datetime import datetime

from backend.events import Event, to_payload
from models.outbox import OutboxEvent


async def announce(now: datetime, event: Event) -> None:
    """Insert the event through the current transaction. After commit the use case calls
    `ctx.wake.set()`."""
    await OutboxEvent.create(kind=type(event).__name__, payload=to_payload(event), at=now)
