"""Triggers: what happens to people and becomes a message to them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from backend.access.rights import Right
from backend.brands.keys import brand_of, check_key
from backend.brands.templates.around import around_words
from backend.brands.templates.freeze import kept_content
from backend.triggers.counts import count_triggers
from backend.triggers.order import TriggerOrder
from backend.triggers.save_trigger import save_trigger
from backend.triggers.switch_trigger import remove_trigger, switch_trigger
from backend.web.api.asked import Asked
from backend.web.api.operation import PREFIX, Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery, Query
from backend.web.api.v1.shared import must_be_new, row_id
from backend.web.api.v1.triggers.trigger_shown import (
    COUNTED,
    ENTRY,
    EXAMPLE,
    WAITS,
    TriggerCount,
    TriggerMade,
    TriggerShown,
    TriggersQuery,
    WaitShown,
    trigger_shown,
    wait_shown,
)
from catalog.entries.messages.trigger import TriggerEntry
from catalog.entries.values.around import Around
from catalog.trigger_values import values_of_event
from models.account import Account
from models.brand import Brand
from models.refusal import Code, Refusal
from models.trigger import Trigger, TriggerWait, WaitState

DOOR = "api:v1/triggers"
_FAILS = (
    Code.OFFER_NOT_FOUND,
    Code.PICTURE_NOT_FOUND,
    Code.PICTURE_UNFIT,
    Code.TOO_MANY_WORDINGS,
)
_FOUND = (Code.TRIGGER_NOT_FOUND,)


async def around(asked: Asked) -> Around:
    return await around_words(asked.scope, await asked.account())


async def _row(asked: Asked) -> Trigger:
    """Refuses with trigger_not_found."""
    found = asked.scope.triggers().filter(removed_at__isnull=True)
    named = found.filter(id=row_id(asked.path["trigger"]))
    row = await named.select_related("brand__program").first()
    if row is None:
        raise Refusal(Code.TRIGGER_NOT_FOUND)
    return row


async def every(asked: Asked) -> Answer:
    async def show(rows: Sequence[Trigger]) -> list[Shown]:
        return [trigger_shown(row) for row in rows]

    query = asked.asks(TriggersQuery)
    found = asked.scope.triggers().filter(removed_at__isnull=True)
    if query.brand is not None:
        found = found.filter(brand_id=(await brand_of(asked.scope, query.brand)).id)
    if query.event is not None:
        found = found.filter(event=query.event)
    return await page(asked, found.select_related("brand"), show)


async def enter(asked: Asked) -> Answer:
    made = asked.entered(TriggerMade)
    check_key(made.key)
    brand = await brand_of(asked.scope, made.brand)
    must_be_new(await save_trigger(asked.ctx, brand, made.key, await _order(asked, brand, made)))
    row = await asked.scope.triggers().select_related("brand").get(brand_id=brand.id, key=made.key)
    return Answer(trigger_shown(row), f"{PREFIX}/triggers/{row.id}")


async def _order(asked: Asked, brand: Brand, entry: TriggerEntry) -> TriggerOrder:
    account = await asked.scope.own_accounts().get(id=brand.program.account_id)
    told = values_of_event(entry.when.event, entry.when.values)
    words = (await around_words(asked.scope, account, told)).variables
    return TriggerOrder(
        name=entry.name,
        event=entry.when.event,
        options=entry.when.options(),
        purpose=entry.purpose,
        content=await kept_content(asked.scope, account.id, entry.content, words),
        law=_law(account, entry),
        cascade=[step.model_dump(mode="json") for step in entry.cascade],
        condition=entry.audience,
        delay_minutes=entry.delay_minutes,
        stale_minutes=entry.stale_minutes,
        most=entry.cap.most if entry.cap else 0,
        most_days=entry.cap.days if entry.cap else 1,
        starts_at=entry.starts,
        ends_at=entry.ends,
        quiet=entry.quiet,
        capped=entry.capped,
    )


def _law(account: Account, entry: TriggerEntry) -> Mapping[str, Any]:
    """What the label says, beside what was entered."""
    entered = {name: getattr(entry, name) for name in ("advertiser", "inn", "erid")}
    told = {
        "advertiser": entry.advertiser or account.legal_name_ru,
        "inn": entry.inn or account.inn,
        "erid": entry.erid,
    }
    return {**told, "entered": entered}


async def one(asked: Asked) -> Answer:
    return Answer(trigger_shown(await _row(asked)))


async def stands(asked: Asked) -> Mapping[str, Any]:
    row = await _row(asked)
    await asked.scope.triggers().select_for_update().get(id=row.id)
    return trigger_shown(await _row(asked))


async def replace(asked: Asked) -> Answer:
    row, entry = await _row(asked), asked.entered(TriggerEntry)
    await save_trigger(asked.ctx, row.brand, row.key, await _order(asked, row.brand, entry))
    return await one(asked)


async def remove(asked: Asked) -> Answer:
    await remove_trigger(asked.ctx, asked.scope, row_id(asked.path["trigger"]))
    return Answer(None)


def _switched(on: bool) -> Callable[[Asked], Awaitable[Answer]]:
    async def work(asked: Asked) -> Answer:
        await switch_trigger(asked.ctx, asked.scope, row_id(asked.path["trigger"]), on=on)
        return await one(asked)

    return work


async def waiting(asked: Asked) -> Answer:
    async def show(rows: Sequence[TriggerWait]) -> list[Shown]:
        return [wait_shown(row) for row in rows]

    row = await _row(asked)
    found = asked.scope.trigger_waits().filter(trigger_id=row.id, state=WaitState.WAITING)
    return await page(asked, found, show)


async def counts(asked: Asked) -> Answer:
    row = await _row(asked)
    count = (await count_triggers([row.id]))[row.id]
    return Answer({"waiting": count.waiting, "fired": count.fired, "dropped": count.dropped})


_PLACE = "/triggers/{trigger}"
OPERATIONS = (
    Operation(
        "GET", "/triggers", DOOR, Right.CAMPAIGNS, "List the triggers", every, TriggerShown,
        TriggersQuery, example=EXAMPLE, paged=True, refusals=(Code.BRAND_NOT_FOUND,),
    ),
    Operation(
        "POST", "/triggers", DOOR, Right.CAMPAIGNS, "Enter a trigger", enter, TriggerShown, Query,
        body=TriggerMade, body_example={"key": "order-ready", "brand": "lavka", **ENTRY},
        example={**EXAMPLE, "on": False}, status=201, etag=True, around=around,
        refusals=(
            Code.BRAND_NOT_FOUND, Code.KEY_TAKEN, Code.KEY_INVALID, Code.TOO_MANY_TRIGGERS, *_FAILS
        ),
        about="It is switched off at first. docs/messages.md tells of each event, its options "
        "and what its text may say.",
    ),
    Operation(
        "GET", _PLACE, DOOR, Right.CAMPAIGNS, "Read a trigger", one, TriggerShown, Query,
        example=EXAMPLE, etag=True, refusals=_FOUND,
    ),
    Operation(
        "PUT", _PLACE, DOOR, Right.CAMPAIGNS, "Change a trigger", replace, TriggerShown, Query,
        body=TriggerEntry, body_example=ENTRY, example=EXAMPLE, etag=True, around=around,
        stands=stands, refusals=(*_FOUND, Code.KEY_TAKEN, *_FAILS),
        about="What waits goes on by the changed rules, but for one that waits for something else "
        "or is of another purpose by now: then it is stopped.",
    ),
    Operation(
        "DELETE", _PLACE, DOOR, Right.CAMPAIGNS, "Take a trigger away", remove, None, Query,
        status=204, refusals=_FOUND,
        about="What waits is stopped, what it said stays. Its key is not given again.",
    ),
    Operation(
        "POST", f"{_PLACE}/on", DOOR, Right.CAMPAIGNS, "Switch a trigger on", _switched(True),
        TriggerShown, Query, example=EXAMPLE, etag=True, refusals=_FOUND,
    ),
    Operation(
        "POST", f"{_PLACE}/off", DOOR, Right.CAMPAIGNS, "Switch a trigger off", _switched(False),
        TriggerShown, Query, example={**EXAMPLE, "on": False}, etag=True, refusals=_FOUND,
        about="What waits is stopped, also what stands in the queue of a channel.",
    ),
    Operation(
        "GET", f"{_PLACE}/waiting", DOOR, Right.CAMPAIGNS, "List what waits", waiting, WaitShown,
        ListQuery, example=WAITS, paged=True, refusals=_FOUND,
    ),
    Operation(
        "GET", f"{_PLACE}/counts", DOOR, Right.CAMPAIGNS, "Count what a trigger did", counts,
        TriggerCount, Query, example=COUNTED, refusals=_FOUND,
    ),
)  # fmt: skip
