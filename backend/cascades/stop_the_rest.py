"""Somebody has followed a link of a message: what of it waits on a further channel is over."""

from datetime import datetime

from backend.platform.database import rows

# of all: the message that the link names
_STOP = """
UPDATE deliveries SET state = 'stopped', reason = 'arrived', changed_at = $2
WHERE message_id = $1 AND state = 'queued'
"""


async def stop_the_rest(message_id: int, now: datetime) -> None:
    await rows(_STOP, [message_id, now])
