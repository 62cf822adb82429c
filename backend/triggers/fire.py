"""Those whose turn it is are told: a message and its first delivery, in the transaction that ends
their wait. What the gate says at the hand-over counts; here nobody is written to for nothing.

What somebody waits for has a turn of its own, so that advertising for a hundred thousand people
holds up no order.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import orjson

from backend.platform.away import is_away
from backend.platform.context import Context
from backend.platform.database import among, is_postgres, places, rows, transaction
from backend.platform.watch.use_case_log import log_of
from backend.triggers.chosen import CAPPED, OVER, Chosen, choose
from backend.triggers.still_so import product_of
from models.message import TRIGGER
from models.message_purpose import MessagePurpose
from models.trigger import Trigger, TriggerEvent, TriggerWait

BATCH = 200
RESTS = timedelta(minutes=5)
# of all: turns come for every brand
_DUE = """
SELECT id FROM trigger_waits WHERE state = 'waiting' AND promo = $1 AND due_at <= $2
ORDER BY due_at, id LIMIT $3
"""
# of all: the waits in hand
_LATER = "UPDATE trigger_waits SET due_at = $2 WHERE id {waits} AND state = 'waiting'"
# of all: the waits in hand
_FIRED = """
UPDATE trigger_waits SET state = 'fired', ended_at = $2
WHERE id {waits} AND state = 'waiting' RETURNING id
"""
# of all: the waits in hand
_DROPPED = """
UPDATE trigger_waits SET state = 'dropped', reason = $3, ended_at = $2
WHERE id {waits} AND state = 'waiting'
"""
# Something that is gone again: whoever watches it goes on waiting, and the next time is another.
# of all: the waits in hand
_FORGOTTEN = "DELETE FROM trigger_waits WHERE id {waits} AND state = 'waiting'"
# of all: how often the trigger in hand has spoken to these people
_SAID = """
SELECT customer_id, COUNT(*) AS n FROM messages
WHERE trigger_id = $2 AND customer_id {people} AND created_at > $3 GROUP BY customer_id
"""
# The person's card of the brand, so that the message stands in its history.
_MESSAGES = """
INSERT INTO messages (once, customer_id, brand_id, card_id, trigger_id, variant, purpose, kind,
    data, body, created_at)
SELECT v.once, v.customer_id, b.id, COALESCE(v.card_id, (SELECT k.id FROM cards k
        WHERE k.customer_id = v.customer_id AND k.program_id = b.program_id
        AND k.removed_at IS NULL)),
    $2, $3, $4, 'trigger', v.data, '', $5
FROM {given} CROSS JOIN brands b WHERE b.id = $6
ON CONFLICT (once) WHERE once IS NOT NULL DO NOTHING RETURNING id, once
"""
_GIVEN_ON_POSTGRES = (
    "json_to_recordset(CAST($1 AS JSON))"
    " AS v(once text, customer_id bigint, card_id bigint, data jsonb)"
)
_GIVEN_ON_SQLITE = (
    "(SELECT json_extract(value, '$.once') AS once,"
    " json_extract(value, '$.customer_id') AS customer_id,"
    " json_extract(value, '$.card_id') AS card_id, json_extract(value, '$.data') AS data"
    " FROM json_each($1)) AS v"
)
_DELIVERIES = """
INSERT INTO deliveries (message_id, channel, step, promo, due_at, state, attempts, provider_id,
    reason, cost_kopecks, created_at, changed_at)
VALUES {rows}
"""
_WATCHES = "DELETE FROM watches WHERE customer_id = $1 AND product_id = $2"


async def fire_due(ctx: Context, *, promo: bool) -> int:
    """One batch; how many turns came. One process at a time does it; killed anywhere, a turn is
    over with its message or not at all."""
    found = [row["id"] for row in await rows(_DUE, [promo, ctx.clock(), BATCH])]
    # of all: the current batch
    waits = await TriggerWait.filter(id__in=found or [0]).order_by("due_at", "id")
    by_trigger: dict[int, list[TriggerWait]] = {}
    for wait in waits:
        by_trigger.setdefault(wait.trigger_id, []).append(wait)
    for trigger_id, theirs in by_trigger.items():
        await _fairly(ctx, trigger_id, theirs)
    return len(found)


async def _fairly(ctx: Context, trigger_id: int, waits: Sequence[TriggerWait]) -> None:
    """One of which something is wrong stands in the way of no other."""
    try:
        await _of_trigger(ctx, trigger_id, waits)
    except Exception as error:
        if is_away(error):
            raise
        log_of(ctx, __name__).exception("a trigger rests for a while", trigger=trigger_id)
        later = ctx.clock() + RESTS
        await rows(_LATER.format(waits=among(1)), [[wait.id for wait in waits], later])


async def _of_trigger(ctx: Context, trigger_id: int, waits: Sequence[TriggerWait]) -> None:
    async with transaction():
        # of all: the trigger in hand. Whoever switches it off comes before or after.
        trigger = await Trigger.filter(id=trigger_id).select_for_update().get()
        now = ctx.clock()
        chosen = await choose(now, trigger, waits)
        await _cap(now, trigger, chosen.left(waits), chosen)
        fired = await _fire(now, trigger, chosen.left(waits), chosen)
        await _drop(now, trigger, chosen)
    log = log_of(ctx, __name__)
    reasons = dict(Counter(chosen.dropped.values()))
    log.info("a trigger has fired", trigger=trigger.id, fired=fired, dropped=reasons)


async def _cap(
    now: datetime, trigger: Trigger, waits: Sequence[TriggerWait], chosen: Chosen
) -> None:
    if not trigger.most or not waits:
        return
    people = sorted({wait.customer_id for wait in waits})
    since = now - timedelta(days=trigger.most_days)
    found = await rows(_SAID.format(people=among(1)), [people, trigger.id, since])
    said = Counter({row["customer_id"]: int(row["n"]) for row in found})
    for wait in waits:
        if said[wait.customer_id] >= trigger.most:
            chosen.drop([wait], CAPPED)
        else:
            said[wait.customer_id] += 1


async def _fire(
    now: datetime, trigger: Trigger, waits: Sequence[TriggerWait], chosen: Chosen
) -> int:
    if not waits:
        return 0
    ours = [wait.id for wait in waits]
    begun = await rows(_FIRED.format(waits=among(1)), [ours, now])
    mine = {row["id"] for row in begun}
    told = {_once(wait): wait for wait in waits if wait.id in mine}
    made = await _messages(now, trigger, told, chosen)
    values: list[Any] = []
    for row in made:
        way = chosen.ways[told[row["once"]].id]
        promo = trigger.purpose is MessagePurpose.PROMO
        head = [row["id"], way.channel, way.step, promo, now]
        values += [*head, "queued", 0, "", "", 0, now, now]
    if made:
        await rows(_DELIVERIES.format(rows=places(len(made), 12)), values)
    if trigger.event is TriggerEvent.BACK_IN_STOCK:
        for wait in told.values():
            await rows(_WATCHES, [wait.customer_id, product_of(wait)])
    return len(made)


async def _messages(
    now: datetime, trigger: Trigger, told: Mapping[str, TriggerWait], chosen: Chosen
) -> list[dict[str, Any]]:
    given = [
        {
            "once": once,
            "customer_id": wait.customer_id,
            "card_id": wait.card_id,
            "data": dict(chosen.data[wait.id]),
        }
        for once, wait in told.items()
    ]
    source = _GIVEN_ON_POSTGRES if is_postgres() else _GIVEN_ON_SQLITE
    variant = len(trigger.wordings) - 1
    head = [orjson.dumps(given).decode(), trigger.id, variant, trigger.purpose.value]
    return await rows(_MESSAGES.format(given=source), [*head, now, trigger.brand_id])


def _once(wait: TriggerWait) -> str:
    return f"{TRIGGER}:{wait.trigger_id}:{wait.once}"


async def _drop(now: datetime, trigger: Trigger, chosen: Chosen) -> None:
    by_reason: dict[str, list[int]] = {}
    for wait, reason in chosen.dropped.items():
        by_reason.setdefault(reason, []).append(wait)
    if trigger.event is TriggerEvent.BACK_IN_STOCK and OVER in by_reason:
        gone = by_reason.pop(OVER)
        await rows(_FORGOTTEN.format(waits=among(1)), [gone])
    for reason, ids in by_reason.items():
        await rows(_DROPPED.format(waits=among(1)), [ids, now, reason])
