"""How a trigger is told, and what waits by it."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, Field

from backend.brands.templates.freeze import entered
from backend.web.api.queries import ListQuery
from backend.web.api.v1.shared import NewKey, instant, without_nothing
from catalog.entries.messages.trigger import TriggerEntry
from catalog.entries.values.scalars import Word
from catalog.entries.values.texts import Text
from models.trigger import Trigger, TriggerEvent, TriggerWait

ENTRY: Mapping[str, Any] = {
    "name": "Order is ready",
    "when": {"event": "order_status", "statuses": ["ready"]},
    "purpose": "transaction",
    "content": {"ru": {"text": "Заказ {order} готов к выдаче."}},
    "delay_minutes": 5,
    "cap": {"most": 5, "days": 1},
}
EXAMPLE: Mapping[str, Any] = {
    "id": 12,
    "key": "order-ready",
    "brand": "lavka",
    **ENTRY,
    "cascade": [{"channel": "telegram", "wait_minutes": 0, "arrived": "accepted"}],
    "quiet": True,
    "capped": True,
    "on": True,
    "since": "2026-11-28T09:00:00Z",
    "created_at": "2026-11-27T12:30:00Z",
}
WAITS: Mapping[str, Any] = {
    "id": 88,
    "customer": 7301,
    "at": "2026-11-28T09:00:00Z",
    "due_at": "2026-11-28T09:05:00Z",
    "values": {"order": "1017", "status": "ready"},
}
COUNTED: Mapping[str, Any] = {"waiting": 3, "fired": 1204, "dropped": {"no consent": 17}}


class TriggerMade(TriggerEntry):
    """A trigger, and the key by which it is to be known."""

    key: NewKey
    brand: Annotated[str, Text(64, wanted="a brand of this account")] = Field(
        description="The key of its brand.", examples=["lavka"]
    )


class TriggerShown(TriggerEntry):
    """A trigger as it was entered."""

    id: int = Field(description="Of the trigger.")
    key: str = Field(description="By which its brand knows it.", examples=["order-ready"])
    brand: str = Field(description="The key of its brand.", examples=["lavka"])
    on: bool = Field(description="Whether it is switched on.")
    since: str = Field(description="When it was switched, or entered.")
    created_at: str = Field(description="When it was entered.")


class TriggersQuery(ListQuery):
    """Which triggers."""

    brand: Annotated[str | None, Text(64)] = Field(
        default=None, description="Only those of this brand.", examples=["lavka"]
    )
    event: Annotated[TriggerEvent | None, Word(TriggerEvent)] = Field(
        default=None, description="Only those that wait for it.", examples=["birthday"]
    )


class WaitShown(BaseModel):
    """Somebody to whom it has happened, and who is not told yet."""

    id: int = Field(description="Of the turn.")
    customer: int = Field(description="The id of the customer.")
    at: str = Field(description="When it happened.")
    due_at: str = Field(description="When they are told.")
    values: dict[str, str] = Field(description="What the event has told.")


class TriggerCount(BaseModel):
    """How a trigger does."""

    waiting: int = Field(description="Those who are not told yet.")
    fired: int = Field(description="Messages that it has made.")
    dropped: dict[str, int] = Field(
        description="Those who were told nothing in the last 90 days, by reason: cancelled, "
        "ended, stale, overtaken, over (it is not so any more), not meant, no consent, no address, "
        "no card, capped, the customer deleted their data."
    )


def trigger_shown(row: Trigger) -> dict[str, Any]:
    """The row comes with its brand."""
    wording = row.wordings[-1]
    told = {
        "id": row.id,
        "key": row.key,
        "brand": row.brand.key,
        "name": row.name,
        "purpose": row.purpose.value,
        "audience": row.condition,
        "stale_minutes": row.stale_minutes,
        "starts": instant(row.starts_at),
        "ends": instant(row.ends_at),
        "cap": {"most": row.most, "days": row.most_days} if row.most else None,
        **{name: wording["entered"][name] for name in ("advertiser", "inn", "erid")},
        "since": instant(row.since),
        "created_at": instant(row.created_at),
    }
    when = without_nothing({"event": row.event.value, **row.options})
    return without_nothing(told) | {
        "when": {name: value for name, value in when.items() if value != []},
        "content": entered(wording["content"]),
        "delay_minutes": row.delay_minutes,
        "cascade": [dict(step) for step in row.cascade],
        "quiet": row.quiet,
        "capped": row.capped,
        "on": row.is_on,
    }


def wait_shown(row: TriggerWait) -> dict[str, Any]:
    return {
        "id": row.id,
        "customer": row.customer_id,
        "at": instant(row.at),
        "due_at": instant(row.due_at),
        "values": row.data,
    }
