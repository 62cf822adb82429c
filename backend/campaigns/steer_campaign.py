"""Pause a campaign, resume it, cancel it; of one that repeats, with what of it is on its way.

Whoever sends looks often, and once more right before each message: what is done here is heard
within a second.
"""

from backend.campaigns.held import Held, hold, with_its_runs
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.use_case_log import log_of
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.campaign import GOING, CampaignState

_OPEN = (CampaignState.SCHEDULED, *GOING)
_UNSEEN = (CampaignState.DRAFT, CampaignState.IN_REVIEW, CampaignState.SCHEDULED)


async def pause_campaign(ctx: Context, scope: Scope, campaign_id: int) -> None:
    """Nothing leaves until it is resumed. Refuses with campaign_not_found, campaign_state."""
    await _rest(ctx, scope, campaign_id, Verb.PAUSE_CAMPAIGN)


async def resume_campaign(ctx: Context, scope: Scope, campaign_id: int) -> None:
    """It goes on where it was. Refuses with campaign_not_found, campaign_state."""
    await _rest(ctx, scope, campaign_id, Verb.RESUME_CAMPAIGN)


async def _rest(ctx: Context, scope: Scope, campaign_id: int, verb: Verb) -> None:
    paused_at = ctx.clock() if verb is Verb.PAUSE_CAMPAIGN else None
    async with transaction():
        held = await hold(scope, campaign_id)
        held.must_be(*_OPEN)
        for each in await with_its_runs(held.campaign, GOING):
            if (each.paused_at is None) != (paused_at is None):
                await Held(each, held.account_id).put(ctx, verb, paused_at=paused_at)


async def cancel_campaign(ctx: Context, scope: Scope, campaign_id: int) -> None:
    """What has not left never does. Refuses with campaign_not_found, and with campaign_state what
    is done."""
    async with transaction():
        held = await hold(scope, campaign_id)
        if held.campaign.state is CampaignState.CANCELLED:
            return
        held.must_be(*_UNSEEN, *GOING)
        for each in await with_its_runs(held.campaign, GOING):
            # Of one that has begun, whoever sends stops what waits, and then it is over.
            over = ctx.clock() if each.state in _UNSEEN else None
            state = CampaignState.CANCELLED
            gone = Held(each, held.account_id)
            await gone.put(ctx, Verb.CANCEL_CAMPAIGN, state=state, finished_at=over)
    log_of(ctx, __name__).info("a campaign is cancelled", campaign=held.campaign.id)
