"""At the start of every process: does the database know everything that was handed out?"""

from backend.platform.context import Context
from backend.platform.database import rows
from backend.restored.ids import AHEAD
from backend.restored.notice import notice
from backend.restored.unsettled import unsettled
from models.restoration import NoticedBy, Restoration

# of all: ids are compared with the mark
_NEWEST = "SELECT COALESCE(max(id), 0) AS id FROM cards"
# of all: ids are compared with the mark
_NEWEST_OF_BEFORE = "SELECT COALESCE(max(id), 0) AS id FROM cards WHERE id < $1"


async def notice_what_is_lost(ctx: Context) -> Restoration | None:
    """What is open, after looking at the mark and at what a copy says of itself."""
    lost = await lost_cards(ctx)
    standing = await unsettled()
    if lost:
        # So many that ids had leaped: cards were made with a copy of this database, and how many
        # is not known here.
        known = lost if lost < AHEAD else None
        return await notice(ctx, NoticedBy.MARK, known, beyond=lost)
    if standing is not None and standing.ids_from is None:
        return await notice(ctx, standing.noticed_by, standing.lost)
    return standing


async def lost_cards(ctx: Context) -> int:
    """How many cards at most are known to the mark alone: no program lost more numbers. 0 when
    as many were accounted for already; another machine's mark may know of more."""
    mark = ctx.mark.read()
    if mark == 0:
        return 0
    last = await Restoration.filter(ids_from__isnull=False).order_by("-id").first()
    if last is None or last.ids_from is None or mark >= last.ids_from:
        return max(mark - int((await rows(_NEWEST))[0]["id"]), 0)
    # From before the leap, as are all cards that the restored copy held.
    lost = mark - int((await rows(_NEWEST_OF_BEFORE, [last.ids_from]))[0]["id"])
    return lost if lost > (last.lost or 0) else 0
