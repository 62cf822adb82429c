"""Write down that the database went back in time, and undo at once what must not happen again."""

from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.watch.use_case_log import log_of
from backend.restored.ids import AHEAD, leap
from models.campaign import GOING, Campaign, CampaignState
from models.restoration import NoticedBy, Restoration, RestorationState

# Whether they went out in the time that was lost, nobody knows: promo is not repeated.
_IN_DOUBT = """
UPDATE deliveries SET state = 'in_doubt', reason = 'the database was restored', changed_at = $1
WHERE state IN ('queued', 'sending') AND message_id IN (
    SELECT id FROM messages WHERE purpose = 'promo')
"""
# Somebody who waits for advertising may have had it in the time that was lost.
# of all: of every trigger
_DROPPED = """
UPDATE trigger_waits SET state = 'dropped', reason = 'restored', ended_at = $1
WHERE state = 'waiting' AND promo
"""
# Phones may show what came after the backup: every card in them is told anew.
# of all: whoever has a card in a phone
_SHOWN_ANEW = "UPDATE wallet_passes SET digest = ''"
# of all: the cards of every program
_LOOKED_AT = "UPDATE programs SET passes_up_to = 0"


async def notice(ctx: Context, by: NoticedBy, lost: int | None, *, beyond: int = 0) -> Restoration:
    """From this commit on no pool number is given to anybody. Safe to repeat; what is known to
    be lost can only grow while it is open. `beyond`: how far above the newest card ids were
    seen elsewhere."""
    async with transaction():
        row = Restoration(noticed_at=ctx.clock(), noticed_by=by, lost=lost)
        await Restoration.bulk_create([row], ignore_conflicts=True)
        standing = await opened_row()
        if lost is not None and lost > (standing.lost or 0):
            standing.lost = lost
        if standing.ids_from is None:
            standing.ids_from = await leap(AHEAD + max(beyond, standing.lost or 0))
            await _stop_promo(ctx)
            await rows(_SHOWN_ANEW)
            await rows(_LOOKED_AT)
        await standing.save()
    log_of(ctx, __name__).error(
        "this database went back in time: no card is issued until karman restored was run",
        noticed_by=standing.noticed_by.value,
        cards_lost_at_most=standing.lost,
    )
    return standing


async def opened_row() -> Restoration:
    """Locked on PostgreSQL: of two that notice or settle at once, one waits."""
    return await Restoration.filter(state=RestorationState.OPEN).select_for_update().get()


async def _stop_promo(ctx: Context) -> None:
    now = ctx.clock()
    await rows(_IN_DOUBT, [now])
    await rows(_DROPPED, [now])
    # of all: after a loss no campaign goes on
    await Campaign.filter(state__in=GOING).update(state=CampaignState.DONE, finished_at=now)
    # of all: after a loss none begins by itself either: its time may have come meanwhile
    await Campaign.filter(state=CampaignState.SCHEDULED).update(paused_at=now)
