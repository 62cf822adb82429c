"""When the next channel has its turn, of messages whose delivery has just ended.

It is written once, in the transaction that counts the end (backend/analytics/count_deliveries.py):
what is due is found by an index, and nothing is looked at again and again while it waits.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from backend.cascades.cascade import Cascade
from backend.cascades.plans import Row, plans_of
from backend.platform.database import among, rows
from backend.platform.dialect import moment
from models.message import DeliveryState
from models.message_purpose import MessagePurpose

# of all: the deliveries in hand
_NEXT = "UPDATE deliveries SET next_at = $2 WHERE id {these} AND reported IS NULL"
_MINUTE = timedelta(minutes=1)


async def plan_next(ended: Sequence[Row]) -> None:
    """Inside the transaction. What was reported meanwhile is settled already."""
    plans = await plans_of(ended)
    due: defaultdict[datetime, list[int]] = defaultdict(list)
    for row in ended:
        when = _turn(row, plans.of(row))
        if when is not None:
            due[when].append(row["id"])
    for when, these in due.items():
        await rows(_NEXT.format(these=among(1)), [these, when])


def _turn(row: Row, cascade: Cascade) -> datetime | None:
    """None where nothing may follow: it has arrived, was stopped, or is in doubt and would be
    advertising that somebody may have already."""
    minute = moment(row["changed_at"]).replace(second=0, microsecond=0)
    step, state = cascade.step(row["channel"]), DeliveryState(row["state"])
    if step is None or len(cascade.steps) < 2 or state is DeliveryState.STOPPED:
        return None
    if state is DeliveryState.FAILED:
        return minute
    if state is DeliveryState.IN_DOUBT:
        return None if row["purpose"] == MessagePurpose.PROMO else minute
    # By whole minutes, so that a batch is a few statements.
    return None if step.is_done_when_taken else minute + step.wait + _MINUTE
