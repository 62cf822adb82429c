"""Whether some of a campaign may still go on by another channel."""

from backend.cascades.cascade import Cascade
from backend.platform.database import rows
from models.campaign import Campaign

# of all: whose it is, is asked of what waits, never of the campaign, which may have millions
_IS_OF_IT = "(SELECT m.campaign_id FROM messages m WHERE m.id = d.message_id) = $1"
# of all: the campaign in hand
_PLANNED = f"""
SELECT d.id FROM deliveries d WHERE d.next_at IS NOT NULL AND {_IS_OF_IT} LIMIT 1
"""  # noqa: S608
# of all: the campaign in hand
_NOT_PLANNED_YET = f"""
SELECT d.id FROM deliveries d
WHERE NOT d.counted AND d.state IN ('delivered', 'failed', 'stopped', 'in_doubt')
    AND {_IS_OF_IT} LIMIT 1
"""  # noqa: S608


async def may_go_on(campaign: Campaign) -> bool:
    """Of one that goes by a single channel nothing is asked."""
    if len(Cascade.read(campaign.plan).steps) < 2:
        return False
    for asked in (_NOT_PLANNED_YET, _PLANNED):
        if await rows(asked, [campaign.id]):
            return True
    return False
