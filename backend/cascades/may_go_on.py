"""Whether some of a campaign may still go on by another channel."""

from backend.cascades.cascade import Cascade
from backend.platform.database import rows
from models.campaign import Campaign

# The plus keeps the databases from walking through the campaign, which may have millions.
# of all: the campaign in hand
_PLANNED = """
SELECT d.id FROM deliveries d JOIN messages m ON m.id = d.message_id
WHERE d.next_at IS NOT NULL AND +m.campaign_id = $1 LIMIT 1
"""
# of all: the campaign in hand
_NOT_PLANNED_YET = """
SELECT d.id FROM deliveries d JOIN messages m ON m.id = d.message_id
WHERE NOT d.counted AND d.state IN ('delivered', 'failed', 'stopped', 'in_doubt')
    AND +m.campaign_id = $1 LIMIT 1
"""


async def may_go_on(campaign: Campaign) -> bool:
    """Of one that goes by a single channel nothing is asked."""
    if len(Cascade.read(campaign.plan).steps) < 2:
        return False
    for asked in (_NOT_PLANNED_YET, _PLANNED):
        if await rows(asked, [campaign.id]):
            return True
    return False
