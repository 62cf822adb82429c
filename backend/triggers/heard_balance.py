"""A balance has changed: when it comes to stand above what a trigger names, once until it has been
below again. What stands on the card now counts, whatever came in between, twice or late."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from backend.customers.person.lock import lock_person
from backend.events.event import Event
from backend.events.partners import BalanceChanged
from backend.events.points import (
    PointsAccrued,
    PointsCorrected,
    PointsReleased,
    PointsReversed,
)
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.triggers.cause import Cause, named
from backend.triggers.marks import Thing, read_mark, set_mark
from backend.triggers.open_triggers import concerned, triggers_of_program
from backend.triggers.waits import put_waits
from models.ledger import POINT, PostingKind
from models.trigger import Trigger, TriggerEvent

ABOVE, BELOW = "above", "below"
# Their amount is added to what may be spent; a correction's has its sign.
_MORE = (PointsAccrued, PointsReleased, PointsCorrected)
_BALANCE = """
SELECT balance FROM cards WHERE id = $1 AND customer_id = $2 AND removed_at IS NULL
"""


async def with_balance_triggers(events: Sequence[Any]) -> list[Any]:
    return await concerned(events, TriggerEvent.BALANCE_ABOVE)


async def heard_balance(ctx: Context, happened: Happened[Event]) -> None:
    event: Any = happened.event
    found = await triggers_of_program(event.program_id, TriggerEvent.BALANCE_ABOVE, ctx.clock())
    if not found:
        return
    async with transaction():
        person = await lock_person(event.customer_id)
        held = await rows(_BALANCE, [event.card_id, event.customer_id])
        if person is None or person.deleted_at is not None or not held:
            return
        balance = held[0]["balance"]
        stands = None if balance is None else Decimal(str(balance))
        for trigger in found:
            await _look(ctx.clock(), trigger, event, stands)
    ctx.wake.set()


async def _look(now: datetime, trigger: Trigger, event: Any, stands: Decimal | None) -> None:
    limit = Decimal(trigger.options["above"])
    what = named("above", trigger.id, limit, event.card_id)
    thing = Thing(trigger.brand_id, event.customer_id, what)
    known = await read_mark(thing, trigger.since)
    if not known:
        # Whoever stood above before the trigger knew of them has not come to stand there.
        before = balance_before(event)
        known = await _first(now, thing, _side(stands if before is None else before, limit))
    now_so = _side(stands, limit)
    turn = await set_mark(thing, now_so, now)
    if turn and now_so == ABOVE and known == BELOW:
        once = named("above", event.card_id, turn)
        about = named("balance", event.card_id)
        cause = Cause(event.customer_id, once, now, event.card_id, about)
        await put_waits(now, trigger, [cause])


def _side(balance: Decimal | None, limit: Decimal) -> str:
    return ABOVE if balance is not None and balance > limit else BELOW


async def _first(now: datetime, thing: Thing, value: str) -> str:
    await set_mark(thing, value, now)
    return value


def balance_before(event: Any) -> Decimal | None:
    """What stood there before this happened; None where the event does not tell."""
    if isinstance(event, BalanceChanged):
        try:
            return Decimal(event.before or "0")
        except InvalidOperation:
            return None
    if isinstance(event, PointsReversed):
        # Which way it went is not told.
        return None
    change = event.amount if isinstance(event, _MORE) else -event.amount
    if event.kind == PostingKind.CAPTURE:
        # It was set aside before.
        change = 0
    return Decimal(event.balance - change) / POINT
