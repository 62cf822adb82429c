"""A campaign that nobody has heard of is taken back, so that it may be changed."""

from backend.campaigns.held import hold
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import Change
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.campaign import CampaignState


async def redraft_campaign(ctx: Context, scope: Scope, campaign_id: int) -> None:
    """It waits for nothing any more. What was approved stays so until it is changed. Refuses with
    campaign_not_found, and with campaign_state what has begun."""
    async with transaction():
        held = await hold(scope, campaign_id)
        if held.campaign.state is CampaignState.DRAFT:
            return
        held.must_be(CampaignState.IN_REVIEW, CampaignState.SCHEDULED)
        told = Change({"starts_at": held.campaign.starts_at}, {"starts_at": None})
        await held.put(
            ctx, Verb.REDRAFT_CAMPAIGN, told, state=CampaignState.DRAFT,
            starts_at=None, paused_at=None,
        )  # fmt: skip
