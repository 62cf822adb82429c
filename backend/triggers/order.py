"""A trigger as an account orders it: checked where it was entered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.message_purpose import MessagePurpose
from models.trigger import TriggerEvent


@dataclass(frozen=True, slots=True)
class TriggerOrder:
    """See models/trigger.py. `content` as templates keep it; `law`: advertiser, INN and erid."""

    name: str
    event: TriggerEvent
    options: Mapping[str, Any]
    purpose: MessagePurpose
    content: Mapping[str, Any]
    law: Mapping[str, str]
    cascade: Sequence[Mapping[str, Any]]
    condition: Mapping[str, Any] | None = None
    delay_minutes: int = 0
    stale_minutes: int | None = None
    most: int = 0
    most_days: int = 1
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    quiet: bool = True
    capped: bool = True

    def wording(self) -> dict[str, Any]:
        return {"content": dict(self.content), **self.law}

    def columns(self) -> dict[str, Any]:
        """All but what it says."""
        return {
            "name": self.name,
            "event": self.event,
            "options": dict(self.options),
            "condition": None if self.condition is None else dict(self.condition),
            "delay_minutes": self.delay_minutes,
            "stale_minutes": self.stale_minutes,
            "most": self.most,
            "most_days": self.most_days,
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
            "purpose": self.purpose,
            "cascade": [dict(step) for step in self.cascade],
            "quiet": self.quiet,
            "capped": self.capped,
        }
