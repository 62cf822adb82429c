"""Campaigns whose time has come begin. One process at a time does it (backend/worker/begin.py).

A turn of one that repeats is a campaign of its own, made in the transaction that writes down the
next turn: once, also when the process is killed or the clock jumps. Turns that went by while
nobody was there to begin them, or while it was paused, are left out, but for the last of a few
hours.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from backend.campaigns.held import Held
from backend.campaigns.plan import Plan
from backend.campaigns.whose import account_of_brand
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import note
from backend.platform.watch.use_case_log import log_of
from catalog.repeats import Repeats
from models.account import Account
from models.audit_entry import Verb
from models.campaign import Campaign, CampaignState

BATCH = 20
LATE = timedelta(hours=6)
# What each turn takes from the campaign that says when.
_SAME = (
    "brand_id", "name", "purpose", "advertiser", "inn", "erid", "author", "approved_by",
    "approved_at",
)  # fmt: skip


async def begin_due(ctx: Context) -> int:
    """A batch; how many it were."""
    # of all: the schedules of every brand
    due = Campaign.filter(
        state=CampaignState.SCHEDULED, finished_at__isnull=True, paused_at__isnull=True,
        starts_at__lte=ctx.clock(),
    )  # fmt: skip
    found = await due.order_by("starts_at").limit(BATCH).values_list("id", flat=True)
    for campaign_id in found:
        await _begin(ctx, int(str(campaign_id)))
    return len(found)


async def _begin(ctx: Context, campaign_id: int) -> None:
    now = ctx.clock()
    async with transaction():
        # of all: one whose time has come
        campaign = await Campaign.filter(id=campaign_id).select_for_update().get()
        turn = campaign.starts_at
        waits = campaign.state is CampaignState.SCHEDULED and campaign.paused_at is None
        if not waits or turn is None or turn > now:
            return
        held = Held(campaign, await account_of_brand(campaign.brand_id))
        repeats = Plan.read(campaign.plan).repeats
        if repeats is None:
            state = CampaignState.COLLECTING
            await held.put(ctx, Verb.START_CAMPAIGN, state=state, started_at=now)
        else:
            await _take_turn(ctx, held, repeats, turn)
    log_of(ctx, __name__).info("a campaign begins by its schedule", campaign=campaign.id)


async def _take_turn(ctx: Context, held: Held, repeats: Repeats, turn: datetime) -> None:
    now, series = ctx.clock(), held.campaign
    zone = ZoneInfo((await Account.get(id=held.account_id)).timezone)
    # The last that has come.
    while (later := repeats.next_after(turn, zone)) is not None and later <= now:
        turn = later
    if now - turn <= LATE:
        run = await _run(ctx, series, turn)
        await note(ctx, Verb.START_CAMPAIGN, "campaign", run.id, account_id=held.account_id)
    if later is None:
        series.state, series.finished_at = CampaignState.DONE, now
    series.starts_at = later
    await series.save(update_fields=["starts_at", "state", "finished_at"])


async def _run(ctx: Context, series: Campaign, turn: datetime) -> Campaign:
    plan = {name: value for name, value in series.plan.items() if name != "repeats"}
    return await Campaign.create(
        **{name: getattr(series, name) for name in _SAME}, plan=plan, series_id=series.id,
        once=f"series:{series.id}:{turn:%Y-%m-%dT%H:%M}", state=CampaignState.COLLECTING,
        starts_at=turn, created_at=ctx.clock(), started_at=ctx.clock(),
    )  # fmt: skip
