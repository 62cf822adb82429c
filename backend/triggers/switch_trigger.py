"""Switch a trigger on and off, and take it away: what waits is stopped with it."""

from datetime import datetime

from backend.campaigns.whose import account_of_brand
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.watch.audit import note
from backend.platform.watch.use_case_log import log_of
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.refusal import Code, Refusal
from models.trigger import Trigger

# of all: what waits by the trigger in hand
_STOP_WAITS = """
UPDATE trigger_waits SET state = 'dropped', reason = 'cancelled', ended_at = $1
WHERE trigger_id = $2 AND state = 'waiting' RETURNING id
"""
# What is on its way already arrives.
# of all: messages of the trigger in hand
_STOP_QUEUED = """
UPDATE deliveries SET state = 'stopped', reason = 'cancelled', changed_at = $1
WHERE state = 'queued' AND message_id IN (SELECT id FROM messages WHERE trigger_id = $2)
RETURNING id
"""


async def switch_trigger(ctx: Context, scope: Scope, trigger_id: int, *, on: bool) -> Trigger:
    """Again changes nothing. Refuses with trigger_not_found."""
    async with transaction():
        held = await _held(scope, trigger_id)
        if held.is_on is not on:
            held.is_on, held.since = on, ctx.clock()
            await held.save(update_fields=["is_on", "since"])
            await _note(ctx, Verb.SWITCH_TRIGGER_ON if on else Verb.SWITCH_TRIGGER_OFF, held)
        if not on:
            await stop_waiting(ctx.clock(), held.id)
    log_of(ctx, __name__).info("a trigger is switched", trigger=held.id, on=on)
    return held


async def remove_trigger(ctx: Context, scope: Scope, trigger_id: int) -> None:
    """What it said stays, and its key is used. Refuses with trigger_not_found."""
    async with transaction():
        held = await _held(scope, trigger_id)
        held.is_on, held.since, held.removed_at = False, ctx.clock(), ctx.clock()
        await held.save(update_fields=["is_on", "since", "removed_at"])
        await stop_waiting(ctx.clock(), held.id)
        await _note(ctx, Verb.REMOVE_TRIGGER, held)


async def stop_waiting(now: datetime, trigger_id: int) -> int:
    """Inside a transaction that holds the trigger; how many are told nothing any more."""
    waits = await rows(_STOP_WAITS, [now, trigger_id])
    return len(waits) + len(await rows(_STOP_QUEUED, [now, trigger_id]))


async def _held(scope: Scope, trigger_id: int) -> Trigger:
    found = scope.triggers().filter(id=trigger_id, removed_at__isnull=True)
    held = await found.select_for_update().first()
    if held is None:
        raise Refusal(Code.TRIGGER_NOT_FOUND)
    return held


async def _note(ctx: Context, verb: Verb, held: Trigger) -> None:
    whose = await account_of_brand(held.brand_id)
    await note(ctx, verb, "trigger", held.id, account_id=whose)
