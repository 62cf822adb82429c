"""The schedule: programs have free numbers again, for each who asked to be told, in the daytime
where they are. backend.cards.pool.numbers_back tells them."""

from backend.cards.pocket.reminders.daytime import here_of, is_day
from backend.events.numbers import NumbersReturned
from backend.outbox.announce import announce_all
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from catalog.shelves.browse import first_offer_of
from models.number_wait import NumberWait
from models.pool_number import free_numbers

BATCH = 200
# of all: whoever waits for a pool that has numbers again
_REFILLED = f"""
SELECT DISTINCT number_waits.program_id FROM number_waits
JOIN programs ON programs.id = number_waits.program_id
WHERE number_waits.announced_at IS NULL AND programs.status = 'active' AND EXISTS (
    SELECT 1 FROM ({free_numbers("programs.id")}) AS free)
"""  # noqa: S608  put together from constants


async def announce_numbers(ctx: Context) -> int:
    """Everybody who waits for a program with numbers and an offer now, in batches of a transaction
    each; returns how many."""
    now = ctx.clock()
    refilled = [row["program_id"] for row in await rows(_REFILLED)]
    programs = [each for each in refilled if await first_offer_of(now, each, 0)]
    told, last = 0, 0
    while programs:
        found = await (
            NumberWait.filter(program_id__in=programs, announced_at=None, id__gt=last)
            .order_by("id")
            .limit(BATCH)
            .select_related("customer__city")
        )
        told += await _announce(ctx, [wait for wait in found if _awake(ctx, wait)])
        last = found[-1].id if found else last
        if len(found) < BATCH:
            break
    return told


def _awake(ctx: Context, wait: NumberWait) -> bool:
    """Where it is not known what time it is, the reaction finds that out for this one alone."""
    try:
        return is_day(here_of(wait.customer, ctx.clock()))
    except Exception:  # noqa: BLE001  its reaction finds the same, and tells it
        return True


async def _announce(ctx: Context, waits: list[NumberWait]) -> int:
    if not waits:
        return 0
    marks = ", ".join(f"${n}" for n in range(2, len(waits) + 2))
    async with transaction():
        # of all: those that were found waiting above
        mine = await rows(
            f"UPDATE number_waits SET announced_at = $1 WHERE id IN ({marks})"  # noqa: S608
            " AND announced_at IS NULL RETURNING id, customer_id, program_id",
            [ctx.clock(), *(wait.id for wait in waits)],
        )
        mine.sort(key=lambda row: int(row["id"]))
        made = [NumbersReturned(r["id"], r["customer_id"], r["program_id"]) for r in mine]
        await announce_all(ctx.clock(), made)
    ctx.wake.set()
    return len(mine)
