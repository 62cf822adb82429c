"""At the start of every process: does the database know everything that was handed out?"""

from backend.platform.context import Context
from backend.platform.database import rows
from backend.restored.notice import notice
from backend.restored.standing import unsettled
from models.restoration import NoticedBy, Restoration

_KNOWN = """
SELECT COALESCE((SELECT max(id) FROM cards), 0) AS newest,
    COALESCE((SELECT max(ids_from) FROM restorations), 0) AS settled
"""


async def notice_what_is_lost(ctx: Context) -> Restoration | None:
    """What is open, after looking at the mark and at what a copy says of itself."""
    lost = await lost_cards(ctx)
    standing = await unsettled()
    if lost:
        return await notice(ctx, NoticedBy.MARK, lost)
    if standing is not None and standing.ids_from is None:
        return await notice(ctx, standing.noticed_by, standing.lost)
    return standing


async def lost_cards(ctx: Context) -> int:
    """How many cards at most are known to the mark alone; those of a loss that was noticed
    before are not counted again. A program lost no more numbers than that."""
    mark = ctx.mark.read()
    known = (await rows(_KNOWN))[0]
    newest, noticed = int(known["newest"]), int(known["settled"])
    return mark - newest if mark > newest and mark > noticed else 0
