"""The sender of a process: its lanes, and what an earlier one has left in the middle.

One process at a time may send: whatever stands there as leaving when it begins was interrupted, and
nobody knows whether it has arrived.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager

from backend.messaging.channel import Channels, SendsPaid
from backend.platform.context import Context
from backend.platform.database import rows
from backend.platform.repeat import repeat
from backend.sending.desk import Desk
from backend.sending.digests import Digests
from backend.sending.handing import REPEATED
from backend.sending.lane import PARKED, Lane
from backend.sending.outcomes import Outcomes
from backend.sending.paid import NOT_SET_UP, pays, stop_paying
from backend.sending.paid_lane import PaidLane
from backend.sending.voice import FindVoice
from backend.sending.waiting import any_due
from models.campaign import Campaign
from models.channel import ChannelName
from models.message_purpose import MessagePurpose

# A stop as a whole takes less than three seconds.
GRACE_SECONDS = 1.5
IDLE_SECONDS = 0.3
# of all: what an earlier process has left in the middle of a send
_INTERRUPTED = """
UPDATE deliveries SET changed_at = $1,
    state = CASE WHEN promo OR reason = $2 THEN 'in_doubt' ELSE 'queued' END,
    reason = CASE WHEN promo OR reason = $2 THEN 'no answer to the request' ELSE $2 END,
    due_at = CASE WHEN promo OR reason = $2 THEN due_at ELSE $1 END
WHERE state = 'sending' AND message_id IN (
    SELECT m.id FROM messages m JOIN deliveries d ON d.message_id = m.id AND d.state = 'sending'
    WHERE m.kind IN ('campaign', 'trigger', 'promo-push') OR d.digest_at IS NOT NULL)
"""
# of all: the campaign in hand
_UNPARK = """
UPDATE deliveries SET due_at = $1 WHERE state = 'queued' AND due_at >= $2 AND message_id IN (
    SELECT id FROM messages WHERE campaign_id = $3)
"""


class Sender:
    """`hushed`: no advertising leaves."""

    def __init__(self, ctx: Context, channels: Channels, find: Mapping[str, FindVoice]) -> None:
        self._ctx = ctx
        self.outcomes = Outcomes(ctx)
        self._desk = Desk(ctx, self.outcomes, find)
        self.lanes = [
            Lane(self._desk, name, channel, promo=promo)
            for name, channel in channels.items()
            for promo in (False, True)
        ]
        ways = {
            name: way
            for name, channel in channels.items()
            if isinstance(channel, SendsPaid) and (way := channel.paid()) is not None
        }
        self._paid = frozenset(ways)
        self.lanes += [PaidLane(self._desk, name, way, promo=True) for name, way in ways.items()]
        telegram = channels.get(ChannelName.TELEGRAM)
        self._digests = Digests(self._desk, ChannelName.TELEGRAM, telegram) if telegram else None
        self.hushed = False
        self._open: frozenset[int] = frozenset()

    async def look(self) -> bool:
        """For what was put off and has come due; whether there is any."""
        found = await any_due(self._ctx.clock())
        for lane in self.lanes:
            # What was put off leaves as others do.
            if not lane.paid:
                lane.picking.expect(due=found.promo if lane.promo else found.rest)
        if self._digests is not None:
            self._digests.expected = found.digest
        return found.promo or found.rest or found.digest

    async def open_campaigns(self, going: Collection[Campaign]) -> None:
        """Those that go out from now on; one that was not open yet begins where it was left."""
        for campaign_id in {each.id for each in going}:
            # Paused and resumed between two looks, it was open all the time.
            if campaign_id not in self._open or campaign_id in self._desk.parked:
                self._desk.parked.discard(campaign_id)
                await self.outcomes.write()
                await rows(_UNPARK, [self._ctx.clock(), PARKED, campaign_id])
        self._open = frozenset(each.id for each in going)
        await self._note_unpaid(going)
        for lane in self.lanes:
            lane.picking.open_campaigns(
                {each.id: each.sent_up_to for each in going if self._goes_by(each, lane)}
            )

    def _goes_by(self, campaign: Campaign, lane: Lane) -> bool:
        """While it pays, by the quicker way instead."""
        if (campaign.purpose is MessagePurpose.PROMO) is not lane.promo:
            return False
        pays_here = lane.name in self._paid and pays(campaign)
        return lane.paid is pays_here

    async def _note_unpaid(self, going: Collection[Campaign]) -> None:
        for each in going:
            if not self._paid and pays(each):
                await stop_paying(each.id, NOT_SET_UP)

    def up_to(self, campaign_id: int) -> int:
        """The message of a campaign below which none waits its turn."""
        found = [lane.picking.up_to(campaign_id) for lane in self.lanes]
        return min((each for each in found if each is not None), default=0)

    def look_again(self, campaign_id: int) -> None:
        """More of it may have been written down since it was idle."""
        for lane in self.lanes:
            lane.picking.look_again(campaign_id)

    def idle(self, campaign_id: int) -> bool:
        """Whether none of it is left at the last look, or in hand, but what was put off."""
        return all(lane.picking.idle(campaign_id) for lane in self.lanes)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Sends until the block ends. What was on its way then comes to its end for a moment."""
        await rows(_INTERRUPTED, [self._ctx.clock(), REPEATED])
        going: list[Lane | Digests] = [*self.lanes, *([self._digests] if self._digests else [])]
        lanes = [asyncio.create_task(self._keep(lane)) for lane in going]
        keeping = asyncio.create_task(self.outcomes.keep())
        try:
            yield
        finally:
            for task in lanes:
                task.cancel()
            await asyncio.gather(*lanes, return_exceptions=True)
            await asyncio.gather(*(lane.settle(GRACE_SECONDS) for lane in going))
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)
            await self.outcomes.write()

    async def _keep(self, lane: Lane | Digests) -> None:
        async def step() -> None:
            hushed = self.hushed and lane.promo
            if hushed or not await lane.step():
                await asyncio.sleep(IDLE_SECONDS)

        await repeat(f"lane {lane.name}", step)
