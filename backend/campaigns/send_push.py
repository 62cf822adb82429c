"""Send what was collected: each message through the gate, a few at a time."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from backend.campaigns.collect_push import collect_push
from backend.messaging.deliver import deliver_row
from backend.messaging.post import Post
from backend.platform.context import Context
from backend.platform.database import rows
from backend.platform.failures import TryLater
from backend.platform.log import get_log
from models.message import Delivery, DeliveryState
from models.push import Push, PushState

BATCH = 500
AT_ONCE = 8
# After a batch of which every message must wait.
PAUSE_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 30.0
# A stop as a whole takes less than three seconds.
GRACE_SECONDS = 1.5
log = get_log(__name__)

_NEXT = """
SELECT d.id FROM deliveries d JOIN messages m ON m.id = d.message_id
WHERE d.state = 'queued' AND d.id > $2 AND m.push_id = $1 ORDER BY d.id LIMIT $3
"""
_INTERRUPTED = """
SELECT d.id FROM deliveries d JOIN messages m ON m.id = d.message_id
WHERE d.state = 'sending' AND m.push_id = $1
"""


async def next_push() -> Push | None:
    """The oldest that is not done."""
    return await Push.exclude(state=PushState.DONE).order_by("id").first()


async def send_push(ctx: Context, post: Post, push: Push) -> None:
    """To the end, also after a kill. One process at a time may do it: whatever is found in
    the middle of a send was interrupted and is in doubt. Raises NeedsSettings."""
    more = push.state is PushState.COLLECTING
    while more:
        more = await collect_push(push)
    await _settle_interrupted(ctx, post, push)
    last = 0
    while True:
        batch = [row["id"] for row in await rows(_NEXT, [push.id, last, BATCH])]
        if batch:
            last = batch[-1] if await _send_batch(ctx, post, batch) else last
        elif last == 0:
            break
        else:
            # What had to wait is due again.
            last = 0
    push.state, push.finished_at = PushState.DONE, ctx.clock()
    await push.save(update_fields=["state", "finished_at"])
    log.info("a push is done", push=push.id, recipients=push.recipients)


async def _settle_interrupted(ctx: Context, post: Post, push: Push) -> None:
    for row in await rows(_INTERRUPTED, [push.id]):
        delivery = await Delivery.get(id=row["id"]).select_related("message")
        await deliver_row(ctx, post, delivery.message, delivery)


async def _send_batch(ctx: Context, post: Post, batch: list[int]) -> bool:
    """Pauses and returns False when nothing of it went anywhere."""
    found = await Delivery.filter(id__in=batch).order_by("id").select_related("message")
    waiting = iter(found)
    outcomes: list[DeliveryState] = []

    async def work() -> None:
        for delivery in waiting:
            try:
                outcomes.append(await _finished(deliver_row(ctx, post, delivery.message, delivery)))
            except TryLater as later:
                log.info("a promo message waits", reason=later.reason)
                if later.after is not None:
                    await asyncio.sleep(min(later.after.total_seconds(), LONGEST_WAIT_SECONDS))

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(work())
    except ExceptionGroup as several:
        raise several.exceptions[0] from None
    if not outcomes:
        await asyncio.sleep(PAUSE_SECONDS)
    return bool(outcomes)


async def _finished(send: Coroutine[Any, Any, DeliveryState]) -> DeliveryState:
    """A stop lets what has left come to its end for a moment: cut off between request and
    answer it would be in doubt."""
    task = asyncio.ensure_future(send)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task], timeout=GRACE_SECONDS)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        raise
