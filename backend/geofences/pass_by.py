"""Somebody with a card of the brand is near one of its stores: they are told, once per store and
period. Where they are is not known here."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from backend.customers.person.lock import lock_person
from backend.geofences.fences import Passed
from backend.platform.context import Context
from backend.platform.database import among, rows, transaction
from backend.triggers.cause import Cause, named
from backend.triggers.waits import put_waits
from models.trigger import Trigger, TriggerWait

# Which of them are on, of brands whose card the person has.
_MEANT = """
SELECT t.id AS trigger_id, s.id AS store_id, s.address, k.id AS card_id
FROM triggers t JOIN brands b ON b.id = t.brand_id JOIN stores s ON s.brand_id = b.id
JOIN cards k ON k.program_id = b.program_id AND k.customer_id = $1 AND k.removed_at IS NULL
    AND k.status = 'active'
WHERE t.is_on AND t.event = 'near_store' AND t.id {triggers} AND s.id {stores}
    AND (t.starts_at IS NULL OR t.starts_at <= $4) AND (t.ends_at IS NULL OR t.ends_at > $4)
"""


async def pass_by(ctx: Context, customer_id: int, passed: Sequence[Passed]) -> int:
    """How many are to be told to them. Comes every few seconds while somebody shares where they
    walk: what was told lately costs one question."""
    if not passed:
        return 0
    near = {(each.trigger_id, each.store_id) for each in passed}
    triggers, stores = ([pair[place] for pair in near] for place in (0, 1))
    statement = _MEANT.format(triggers=among(2), stores=among(3))
    given = [customer_id, triggers, stores, ctx.clock()]
    meant = [
        row for row in await rows(statement, given) if (row["trigger_id"], row["store_id"]) in near
    ]
    return sum([await _tell(ctx, customer_id, row) for row in meant])


async def _tell(ctx: Context, customer_id: int, row: dict[str, Any]) -> int:
    # of all: the trigger in hand
    trigger = await Trigger.get(id=row["trigger_id"])
    if await _told_lately(ctx, trigger, customer_id, row["store_id"]):
        return 0
    now = ctx.clock()
    about = named("store", row["store_id"])
    once = named("near", row["store_id"], customer_id, f"{now:%Y%m%dT%H%M%S%f}")
    data = {"address": str(row["address"])}
    async with transaction():
        await lock_person(customer_id)
        if await _told_lately(ctx, trigger, customer_id, row["store_id"]):
            return 0
        cause = Cause(customer_id, once, now, row["card_id"], about, data)
        made = await put_waits(now, trigger, [cause])
    ctx.wake.set()
    return made


async def _told_lately(ctx: Context, trigger: Trigger, customer_id: int, store_id: int) -> bool:
    """Or about to be, or decided against."""
    since = ctx.clock() - timedelta(hours=trigger.options["hours"])
    return await TriggerWait.filter(
        customer_id=customer_id,
        trigger_id=trigger.id,
        about=named("store", store_id),
        at__gt=since,
    ).exists()
