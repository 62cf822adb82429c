"""How far a campaign is and how fast, told at once however many it goes to: nobody walks through
its messages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.platform.database import rows
from backend.platform.dialect import moment
from models.campaign import Campaign, CampaignState

# Kept while it goes out (backend/sending/counts.py).
_STATES = "SELECT state, SUM(n) AS n FROM campaign_counts WHERE campaign_id = $1 GROUP BY state"
# The pace is that of the last ones: no more than an index gives in no time.
_LATELY = """
SELECT COUNT(*) AS n, MIN(x.changed_at) AS first, MAX(x.changed_at) AS last FROM (
    SELECT d.state, d.changed_at FROM messages m JOIN deliveries d ON d.message_id = m.id
    WHERE m.campaign_id = $1 AND m.id <= $2 ORDER BY m.id DESC LIMIT 1000) x
WHERE x.state NOT IN ('queued', 'sending')
"""
_STANDS_STILL = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Pace:
    """`states`: how many attempts ended how. `per_second`: how many did in a second lately."""

    campaign: Campaign
    states: Mapping[str, int]
    per_second: float

    @property
    def settled(self) -> int:
        return sum(self.states.values())

    @property
    def seconds_left(self) -> int | None:
        """None while nobody can tell."""
        if self.campaign.state is not CampaignState.SENDING or not self.per_second:
            return None
        return int(max(0, self.campaign.recipients - self.settled) / self.per_second)


async def campaign_pace(campaign: Campaign, now: datetime) -> Pace:
    states = {str(row["state"]): int(row["n"]) for row in await rows(_STATES, [campaign.id])}
    return Pace(campaign, states, await _per_second(campaign, now))


async def _per_second(campaign: Campaign, now: datetime) -> float:
    """0 while nothing moves."""
    (row,) = await rows(_LATELY, [campaign.id, campaign.sent_up_to])
    if not row["n"] or now - moment(row["last"]) > _STANDS_STILL:
        return 0.0
    took = moment(row["last"]) - moment(row["first"])
    return float(row["n"] / max(took.total_seconds(), 1.0))
