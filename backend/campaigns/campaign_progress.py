"""How far a campaign is, and how quickly those who said no were heard."""

import statistics
from dataclasses import dataclass, field
from datetime import datetime

from backend.platform.database import rows
from backend.platform.dialect import moment, parsed
from models.campaign import Campaign

_STATES = """
SELECT d.state, COUNT(*) AS n FROM deliveries d JOIN messages m ON m.id = d.message_id
WHERE m.campaign_id = $1 GROUP BY d.state
"""
_TAPS = """
SELECT r.at, r.context FROM consent_records r
JOIN messages m ON m.customer_id = r.customer_id AND m.campaign_id = $1
WHERE r.action = 'withdrawn' AND r.at >= $2 ORDER BY r.id
"""


async def find_campaign(campaign_id: int) -> Campaign | None:
    # of all: the operator follows any campaign
    return await Campaign.get_or_none(id=campaign_id)


@dataclass(frozen=True, slots=True)
class CampaignProgress:
    """`states`: how many deliveries are in each state. `tap_to_stop`: seconds from the arrival
    of each recipient's tap to the record that stops it, since the campaign began."""

    campaign: Campaign
    states: dict[str, int]
    tap_to_stop: list[float] = field(default_factory=list)

    @property
    def settled(self) -> int:
        return sum(n for state, n in self.states.items() if state not in {"queued", "sending"})

    def tap_line(self) -> str:
        if not self.tap_to_stop:
            return "nobody turned advertising off meanwhile"
        middle, most = statistics.median(self.tap_to_stop), max(self.tap_to_stop)
        return (
            f"{len(self.tap_to_stop)} turned advertising off meanwhile; from the tap to the stop:"
            f" median {middle * 1000:.0f} ms, longest {most * 1000:.0f} ms"
        )


async def campaign_progress(campaign: Campaign) -> CampaignProgress:
    states = {str(row["state"]): int(row["n"]) for row in await rows(_STATES, [campaign.id])}
    taps = []
    for row in await rows(_TAPS, [campaign.id, campaign.created_at]):
        tapped = parsed(row["context"]).get("tapped_at")
        if tapped is not None:
            waited = moment(row["at"]) - datetime.fromisoformat(tapped)
            taps.append(max(0.0, waited.total_seconds()))
    return CampaignProgress(campaign, states, taps)
