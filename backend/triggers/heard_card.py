"""A card has come, or stands in another tier."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from backend.events.cards import CardIssued
from backend.events.partners import BalanceChanged
from backend.events.points import TierChanged
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.triggers.cause import Cause, named
from backend.triggers.marks import Thing, put_mark
from backend.triggers.open_triggers import concerned, triggers_of_program
from backend.triggers.waits import cards_held, overtake, put_waits
from models.trigger import Trigger, TriggerEvent

LONGEST_TIER = 64
Tiered = TierChanged | BalanceChanged


async def with_unused_triggers(events: Sequence[CardIssued]) -> list[Any]:
    return await concerned(events, TriggerEvent.CARD_UNUSED)


async def watch_new_card(ctx: Context, happened: Happened[CardIssued]) -> None:
    """Whether it was used is looked up when its days are over."""
    event, now = happened.event, ctx.clock()
    if await cards_held([event.card_id]) != {event.card_id: event.customer_id}:
        return
    async with transaction():
        for trigger in await triggers_of_program(event.program_id, TriggerEvent.CARD_UNUSED, now):
            if not trigger.options["origins"] or event.origin in trigger.options["origins"]:
                over = happened.at + timedelta(days=trigger.options["days"])
                once = named("unused", event.card_id)
                await put_waits(now, trigger, [Cause(event.customer_id, once, over, event.card_id)])
    ctx.wake.set()


async def with_tier_triggers(events: Sequence[Tiered]) -> list[Any]:
    changed = [event for event in events if _tiers(event)[0] != _tiers(event)[1]]
    return await concerned(changed, TriggerEvent.TIER_CHANGED)


async def heard_tier(ctx: Context, happened: Happened[Tiered]) -> None:
    """The same tier told again, or late, is no news."""
    event, now = happened.event, ctx.clock()
    before, after = _tiers(event)
    if before == after or await cards_held([event.card_id]) != {event.card_id: event.customer_id}:
        return
    found = await triggers_of_program(event.program_id, TriggerEvent.TIER_CHANGED, now)
    about = named("tier", event.card_id)
    async with transaction():
        for brand_id in sorted({trigger.brand_id for trigger in found}):
            thing = Thing(brand_id, event.customer_id, about)
            if not (turn := await put_mark(thing, after[:LONGEST_TIER], happened.at)):
                continue
            await overtake(now, brand_id, event.customer_id, about)
            once, data = named(about, turn), {"before": before, "after": after}
            cause = Cause(event.customer_id, once, happened.at, event.card_id, about, data)
            for trigger in found:
                if trigger.brand_id == brand_id and after and _is_meant(trigger, after):
                    await put_waits(now, trigger, [cause])
    ctx.wake.set()


def _is_meant(trigger: Trigger, tier: str) -> bool:
    named_tiers = {str(each).casefold() for each in trigger.options["tiers"]}
    return not named_tiers or tier.casefold() in named_tiers


def _tiers(event: Tiered) -> tuple[str, str]:
    if isinstance(event, TierChanged):
        return event.before, event.after
    return event.tier_before, event.tier_after
