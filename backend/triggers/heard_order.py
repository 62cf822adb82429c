"""The status of an order has changed: whoever waits to be told of that one is told."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from backend.events.partners import SaleRecorded
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.triggers.cause import Cause, named
from backend.triggers.marks import Thing, put_mark
from backend.triggers.open_triggers import concerned, triggers_of_brands
from backend.triggers.waits import overtake, put_waits
from models.trigger import Trigger, TriggerEvent

LONGEST_STATUS = 64
# of all: the brands whose card it is
_BRANDS = "SELECT id FROM brands WHERE program_id = $1"
# Whose card it is now.
_CARD = "SELECT customer_id FROM cards WHERE id = $1 AND customer_id = $2 AND removed_at IS NULL"


@dataclass(frozen=True, slots=True)
class OrderTold:
    """`source` and `number` name the order, `status` is the source's own word as of `at`. `data`
    are further values for the message."""

    customer_id: int
    source: str
    number: str
    status: str
    at: datetime
    card_id: int | None = None
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def about(self) -> str:
        return named("order", self.source, self.number)


async def with_order_triggers(events: Sequence[SaleRecorded]) -> list[Any]:
    told = [event for event in events if event.status and event.number]
    return await concerned(told, TriggerEvent.ORDER_STATUS)


async def order_of_sale(ctx: Context, happened: Happened[SaleRecorded]) -> None:
    """An account's own system has told of an order."""
    event = happened.event
    if not await rows(_CARD, [event.card_id, event.customer_id]):
        return
    told = OrderTold(
        event.customer_id, event.source, event.number, event.status, happened.at, event.card_id
    )
    brands = [row["id"] for row in await rows(_BRANDS, [event.program_id])]
    await heard_order(ctx, brands, told)


async def heard_order(ctx: Context, brand_ids: Collection[int], told: OrderTold) -> int:
    """How many are to be told something. What is known already, or older than what is known,
    changes nothing; what waits about this order's last status is not told any more."""
    now, made = ctx.clock(), 0
    by_brand: dict[int, list[Trigger]] = {}
    for trigger in await triggers_of_brands(brand_ids, TriggerEvent.ORDER_STATUS, now):
        by_brand.setdefault(trigger.brand_id, []).append(trigger)
    async with transaction():
        for brand_id, triggers in by_brand.items():
            thing = Thing(brand_id, told.customer_id, told.about)
            if not await put_mark(thing, told.status[:LONGEST_STATUS], told.at):
                continue
            await overtake(now, brand_id, told.customer_id, told.about)
            for trigger in triggers:
                if _is_meant(trigger, told.status):
                    made += await put_waits(now, trigger, [_cause(told)])
    ctx.wake.set()
    return made


def _is_meant(trigger: Trigger, status: str) -> bool:
    return status.casefold() in {str(each).casefold() for each in trigger.options["statuses"]}


def _cause(told: OrderTold) -> Cause:
    return Cause(
        told.customer_id,
        named(told.about, told.status),
        told.at,
        told.card_id,
        told.about,
        {**told.data, "order": told.number, "status": told.status},
    )
