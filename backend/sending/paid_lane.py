"""The lane of campaigns that pay for a quicker way. What does not leave by it leaves unpaid."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from backend.sending.begin import Cleared, Hindrance
from backend.sending.lane import Lane
from backend.sending.outcomes import Outcome
from backend.sending.paid import SPENT, give_back, stop_paying, take
from backend.sending.picking import Picked
from models.message import DeliveryState

_NOT_DELIVERED = {DeliveryState.QUEUED, DeliveryState.FAILED}


class PaidLane(Lane):
    paid = True
    # By campaign, how many were counted and not delivered.
    _unused: Counter[int]

    async def step(self) -> bool:
        found = await super().step()
        if not found:
            await self._give_back()
        return found

    async def _ask(self, now: datetime, group: Sequence[Picked]) -> Mapping[int, Cleared]:
        await self._give_back()
        afforded = await self._afford(group)
        cleared = dict(await super()._ask(now, afforded))
        for each in afforded:
            found = cleared.get(each.waiting.id)
            if found is None or found.hindrance is not None:
                self._unused[each.waiting.campaign_id or 0] += 1
        for each in group:
            if each not in afforded:
                cleared[each.waiting.id] = Cleared(Hindrance.UNPAID)
        return cleared

    async def _afford(self, group: Sequence[Picked]) -> list[Picked]:
        wanted: dict[int, list[Picked]] = {}
        for each in group:
            wanted.setdefault(each.waiting.campaign_id or 0, []).append(each)
        found: list[Picked] = []
        for campaign_id, some in wanted.items():
            taken = await take(campaign_id, len(some), some[0].voice.most_paid)
            if taken < len(some):
                await stop_paying(campaign_id, SPENT)
            found += some[:taken]
        return found

    async def _answered(self, outcome: Outcome) -> None:
        campaign_id = outcome.waiting.campaign_id or 0
        if outcome.state in _NOT_DELIVERED:
            self._unused[campaign_id] += 1
        if outcome.unpaid:
            await stop_paying(campaign_id, outcome.unpaid)

    async def _give_back(self) -> None:
        while self._unused:
            campaign_id, number = self._unused.popitem()
            await give_back(campaign_id, number)
