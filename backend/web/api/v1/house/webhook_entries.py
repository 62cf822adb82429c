"""What is entered of webhooks."""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from backend.web.api.asked import Asked
from backend.web.api.queries import ListQuery
from catalog.entries.values.around import Around
from catalog.entries.values.entry import Entry
from catalog.entries.values.lists import Listed
from catalog.entries.values.moments import Moment
from catalog.entries.values.scalars import Whole, Word
from catalog.entries.values.texts import Text
from models.account_change import ChangeKind
from models.webhook import WebhookState

MOST_HOURS = 24 * 90
_EVENTS = Listed(
    len(ChangeKind),
    "has {} events",
    f"at most {len(ChangeKind)}",
    again="{} stands twice in events",
)


async def around(_asked: Asked) -> Around:
    return Around(ZoneInfo("UTC"))


class WebhookAsked(Entry):
    """Where messages are to go."""

    url: Annotated[str, Text(2000)] = Field(
        description="https, and a public host.", examples=["https://crm.lavka.example/karman"]
    )
    events: Annotated[tuple[Annotated[ChangeKind, Word(ChangeKind)], ...], _EVENTS] = Field(
        default=(), description="Types of what is told; none: all.", examples=[["card.registered"]]
    )


class SecretRotation(Entry):
    """How long both secrets sign."""

    overlap_hours: Annotated[int, Whole(0, MOST_HOURS)] = Field(
        default=24, description="Until the old secret ends.", examples=[24]
    )


class DeliveriesQuery(ListQuery):
    """Which messages."""

    state: Annotated[WebhookState | None, Word(WebhookState)] = Field(
        default=None, description="Only those that stand so.", examples=["failed"]
    )


class Replay(Entry):
    """One message, or all that were made in a span of time."""

    message: Annotated[str | None, Text(40)] = Field(
        default=None, description="The webhook-id of one message."
    )
    since: Annotated[datetime | None, Moment()] = Field(
        default=None, description="From this moment on.", examples=["2026-11-27T10:00"]
    )
    until: Annotated[datetime | None, Moment()] = Field(
        default=None, description="Up to this moment and without it."
    )
