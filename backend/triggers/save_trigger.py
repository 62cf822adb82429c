"""Enter a trigger of a brand, or change it."""

from typing import Any

from backend.brands.put import Put, Saved, inserted, noted
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import Change
from backend.triggers.order import TriggerOrder
from backend.triggers.switch_trigger import stop_waiting
from models.audit_entry import Verb
from models.brand import Brand
from models.message import Message
from models.refusal import Code, Refusal
from models.trigger import Trigger

MOST_TRIGGERS = 200
MOST_WORDINGS = 500


async def save_trigger(ctx: Context, brand: Brand, key: str, order: TriggerOrder) -> Saved:
    """A new one is switched off. The brand is open with its program. What waits goes on by the
    changed rules, but for one that waits for something else, or is of another purpose, by now.
    Refuses with too_many_triggers, too_many_wordings and, of one that was taken away, key_taken."""
    async with transaction():
        held = await Trigger.filter(brand_id=brand.id, key=key).select_for_update().first()
        if held is None:
            found = await _make(ctx, brand, key, order)
        else:
            found = await _change(ctx, held, order)
        account_id = brand.program.account_id
        return await noted(ctx, Verb.SAVE_TRIGGER, "trigger", found, account_id)


async def _make(ctx: Context, brand: Brand, key: str, order: TriggerOrder) -> Put:
    now, columns = ctx.clock(), order.columns()
    made = Trigger(
        brand_id=brand.id, key=key, wordings=[order.wording()], is_on=False, since=now,
        created_at=now, author=str(ctx.actor), **columns,
    )  # fmt: skip
    if not await inserted(made):
        raise Refusal(Code.KEY_TAKEN)
    if await Trigger.filter(brand_id=brand.id, removed_at__isnull=True).count() > MOST_TRIGGERS:
        raise Refusal(Code.TOO_MANY_TRIGGERS, most=MOST_TRIGGERS)
    return Put(made.id, Saved.MADE, Change(None, _told({"key": key, **columns})))


async def _change(ctx: Context, held: Trigger, order: TriggerOrder) -> Put:
    if held.removed_at is not None:
        raise Refusal(Code.KEY_TAKEN)
    after: dict[str, Any] = {**order.columns(), "wordings": await _wordings(held, order)}
    before = {name: was for name in after if (was := getattr(held, name)) != after[name]}
    if not before:
        return Put(held.id, Saved.SAME)
    changed = {name: after[name] for name in before}
    await held.update_from_dict(changed).save(update_fields=list(changed))
    if {"event", "purpose"} & set(changed):
        await stop_waiting(ctx.clock(), held.id)
    return Put(held.id, Saved.CHANGED, Change(_told(before), _told(changed)))


async def _wordings(held: Trigger, order: TriggerOrder) -> list[dict[str, Any]]:
    """What was said to nobody is forgotten; what was said to somebody stays."""
    wording, kept = order.wording(), list(held.wordings)
    if kept[-1] == wording:
        return kept
    last = len(kept) - 1
    # of all: messages of the trigger in hand
    if not await Message.filter(trigger_id=held.id, variant=last).exists():
        kept.pop()
    if len(kept) >= MOST_WORDINGS:
        raise Refusal(Code.TOO_MANY_WORDINGS, most=MOST_WORDINGS)
    return [*kept, wording]


def _told(columns: dict[str, Any]) -> dict[str, Any]:
    """Of the wordings that one which is said now."""
    return {name: value[-1:] if name == "wordings" else value for name, value in columns.items()}
