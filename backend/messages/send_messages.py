"""Send what partners have asked to be told: each message through the gate, a few at a time.

What somebody waits for and advertising go side by side, each in a lane of its own, so that a list
of a million holds up no receipt. Which goes first is left to the channel's pace.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from backend.messages.gather import gather
from backend.messages.round import Round
from backend.messages.settle import settle_left, settle_messages
from backend.messages.states import QUIET
from backend.messages.waits import Waits
from backend.messaging.gated_channels import GatedChannels
from backend.platform.context import Context
from backend.platform.database import rows
from backend.restored.unsettled import unsettled
from models.message import Delivery

BATCH = 500
# How often is looked for what others have stopped.
SWEEP = timedelta(minutes=1)
# of all: messages of every partner, by turns
_NEXT = """
SELECT d.id, p.id AS row_id FROM partner_messages p JOIN deliveries d ON d.message_id = p.message_id
WHERE p.state = 'enqueued' AND p.promo = $1 AND d.state = 'queued' AND d.digest_at IS NULL
    AND p.id > $2
ORDER BY p.id LIMIT $3
"""
# of all: whatever an earlier process has left in the middle of a send
_INTERRUPTED = """
SELECT d.id FROM partner_messages p JOIN deliveries d ON d.message_id = p.message_id
WHERE p.state = 'enqueued' AND p.promo = $1 AND d.state = 'sending' AND d.digest_at IS NULL
"""
# of all: advertising of every partner for which night has come
_NIGHT = """
UPDATE deliveries SET state = 'stopped', reason = $2, changed_at = $1
WHERE state = 'queued' AND message_id IN (
    SELECT p.message_id FROM partner_messages p WHERE p.state = 'enqueued' AND p.promo = TRUE
        AND p.until <= $1 ORDER BY p.id LIMIT 500)
RETURNING message_id
"""


@dataclass(slots=True)
class Lane:
    """Of the one process that sends. `promo`: advertising."""

    ctx: Context
    post: GatedChannels
    promo: bool
    waits: Waits = field(default_factory=Waits)
    _interrupted: bool = True
    _swept: datetime | None = None

    async def step(self) -> bool:
        """One batch; whether any of it went somewhere. Raises NeedsSettings."""
        if self.promo and await unsettled() is not None:
            return False
        if self._interrupted:
            await self._settle_interrupted()
        await self._sweep()
        if self.promo:
            await self._stop_at_night()
        batch = await self._due()
        return await self._send(batch) if batch else False

    async def _send(self, batch: list[Delivery]) -> bool:
        try:
            way = Round(self.ctx, self.post, self.waits, iter(batch), self._broke_off)
            return bool(await way.run())
        finally:
            await settle_messages(self.ctx.clock(), [each.message_id for each in batch])

    def _broke_off(self, _delivery: Delivery) -> None:
        self._interrupted = True

    async def _settle_interrupted(self) -> None:
        """Advertising is in doubt from then on, the rest goes once more."""
        self._interrupted = False
        found = [row["id"] for row in await rows(_INTERRUPTED, [self.promo])]
        if found:
            await self._send(await _rows(found))

    async def _sweep(self) -> None:
        now = self.ctx.clock()
        if self._swept is None or now - self._swept >= SWEEP or now < self._swept:
            await settle_left(now)
            self._swept = now

    async def _stop_at_night(self) -> None:
        now = self.ctx.clock()
        while stopped := await rows(_NIGHT, [now, QUIET]):
            await settle_messages(now, [row["message_id"] for row in stopped])

    async def _due(self) -> list[Delivery]:
        last = 0
        while found := await rows(_NEXT, [self.promo, last, BATCH]):
            last = found[-1]["row_id"]
            due = [row["id"] for row in found if self.waits.due(row["id"])]
            if self.promo and due:
                gathered = await gather(self.ctx.clock(), due)
                due = [each for each in due if each not in gathered]
            if due:
                return await _rows(due)
        return []


async def _rows(batch: list[int]) -> list[Delivery]:
    # of all: the current batch
    return await Delivery.filter(id__in=batch).order_by("id").select_related("message")
