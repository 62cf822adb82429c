"""A campaign begins: now, or at a time to come. One that repeats begins to come again and again."""

from datetime import datetime
from zoneinfo import ZoneInfo

from backend.campaigns.approve_campaign import must_be_approved
from backend.campaigns.held import Held, hold
from backend.campaigns.plan import Plan
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import Change
from backend.platform.watch.use_case_log import log_of
from catalog.tenant import Scope
from models.account import Account
from models.audit_entry import Verb
from models.campaign import GOING, CampaignState
from models.refusal import Code, Refusal


async def schedule_campaign(
    ctx: Context, scope: Scope, campaign_id: int, starts_at: datetime
) -> None:
    """It begins then; one that repeats has its first turn at that time or later. Refuses with
    campaign_not_found, campaign_state, campaign_unapproved, and with campaign_over what has no turn
    any more."""
    async with transaction():
        held = await hold(scope, campaign_id)
        held.must_be(CampaignState.DRAFT, CampaignState.SCHEDULED)
        await must_be_approved(held)
        await _schedule(ctx, held, starts_at)


async def start_now(ctx: Context, scope: Scope, campaign_id: int) -> None:
    """Refuses as schedule_campaign does. Of one that has begun nothing changes."""
    async with transaction():
        held = await hold(scope, campaign_id)
        campaign = held.campaign
        if campaign.state in GOING:
            return
        held.must_be(CampaignState.DRAFT, CampaignState.SCHEDULED)
        await must_be_approved(held)
        if Plan.read(campaign.plan).repeats is not None:
            await _schedule(ctx, held, ctx.clock())
            return
        await held.put(
            ctx, Verb.START_CAMPAIGN, state=CampaignState.COLLECTING,
            started_at=ctx.clock(), paused_at=None,
        )  # fmt: skip
    log_of(ctx, __name__).info("a campaign is started", campaign=campaign.id)


async def _schedule(ctx: Context, held: Held, starts_at: datetime) -> None:
    repeats = Plan.read(held.campaign.plan).repeats
    if repeats is not None:
        account = await Account.get(id=held.account_id)
        turn = repeats.at_or_after(starts_at, ZoneInfo(account.timezone))
        if turn is None:
            raise Refusal(Code.CAMPAIGN_OVER)
        starts_at = turn
    told = Change({"starts_at": held.campaign.starts_at}, {"starts_at": starts_at})
    state = CampaignState.SCHEDULED
    await held.put(ctx, Verb.SCHEDULE_CAMPAIGN, told, state=state, starts_at=starts_at)
