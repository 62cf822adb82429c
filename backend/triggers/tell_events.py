"""An account's own system tells what has happened to people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.ids import new_uuid7
from backend.platform.watch.audit import note
from backend.triggers.cause import Cause, named
from backend.triggers.heard_order import OrderTold, heard_order
from backend.triggers.named_people import Found
from backend.triggers.open_triggers import triggers_of_brands
from backend.triggers.waits import put_waits
from models.audit_entry import Verb
from models.brand import Brand
from models.program import Program
from models.trigger import Trigger, TriggerEvent

# An event that is called so is the status of an order: `order` and `status` are its values.
ORDER = TriggerEvent.ORDER_STATUS.value
SOURCE = "api"


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """`key` is the system's own: the same event again under it is none. `values` say nothing of who
    the person is."""

    name: str
    whose: Found
    at: datetime
    key: str
    values: Mapping[str, str]


async def tell_events(ctx: Context, brand: Brand, told: Sequence[ToldEvent]) -> int:
    """How many are to be told something. What nobody waits for is forgotten."""
    made, now = 0, ctx.clock()
    async with transaction():
        waiting = await triggers_of_brands([brand.id], TriggerEvent.PARTNER_EVENT, now)
        # In one order, whoever tells, so that nobody waits in a ring.
        for each in sorted(told, key=lambda event: (event.whose.customer_id, event.at)):
            if each.name == ORDER:
                made += await heard_order(ctx, [brand.id], _order(each))
            for trigger in waiting:
                if trigger.options["name"] == each.name:
                    made += await put_waits(now, trigger, [_cause(trigger, each, now)])
        if made:
            whose = (await Program.get(id=brand.program_id)).account_id
            await note(ctx, Verb.TELL_EVENTS, "brand", brand.id, made, account_id=whose)
    ctx.wake.set()
    return made


def _order(told: ToldEvent) -> OrderTold:
    values = told.values
    return OrderTold(
        told.whose.customer_id, SOURCE, values["order"], values["status"], told.at,
        told.whose.card_id,
    )  # fmt: skip


def _cause(trigger: Trigger, told: ToldEvent, now: datetime) -> Cause:
    once = named("event", told.name, told.key or new_uuid7(now).hex)
    data = {name: told.values[name] for name in trigger.options["values"] if name in told.values}
    return Cause(told.whose.customer_id, once, told.at, told.whose.card_id, data=data)
