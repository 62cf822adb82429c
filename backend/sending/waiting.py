"""Deliveries that wait for their turn: those in the order of their campaign, and those put off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.messaging.reach import door_of
from backend.platform.database import rows
from backend.platform.dialect import moment, parsed

BATCH = 500
_ROW = """
d.id, d.message_id, d.attempts, d.step, d.reason, m.customer_id, m.campaign_id,
    m.trigger_id, m.kind, m.purpose, m.variant, m.data, m.card_id, m.created_at AS written_at,
    i.external_id AS chat, t.timezone AS zone
"""
_FROM = """
JOIN customers c ON c.id = m.customer_id LEFT JOIN cities t ON t.id = c.city_id
LEFT JOIN identities i ON i.customer_id = c.id AND i.door = {door}
"""
# By the hundred, as the index has them: of single ones it would be the largest thing that a message
# leaves behind.
# of all: the recipients of the campaign in hand
_FRESH = f"""
SELECT {_ROW} FROM messages m
JOIN deliveries d ON d.message_id = m.id AND d.state = 'queued' AND d.due_at IS NULL
    AND d.channel = $2 {_FROM.format(door="$4")}
WHERE m.campaign_id = $1 AND m.id > $3 AND m.id / 100 >= $3 / 100
ORDER BY m.id / 100, m.id LIMIT $5
"""  # noqa: S608
# of all: what was put off, of every campaign and trigger
_DUE = f"""
SELECT {_ROW}, d.due_at FROM deliveries d JOIN messages m ON m.id = d.message_id
{_FROM.format(door="$4")}
WHERE d.state = 'queued' AND d.promo = $1 AND d.due_at <= $2 AND d.channel = $3
    AND m.kind IN ('campaign', 'trigger', 'promo-push')
ORDER BY d.due_at, d.id LIMIT $5
"""  # noqa: S608


# of all: what was put off, of every campaign and trigger
_ANY_DUE = """
SELECT EXISTS (SELECT 1 FROM deliveries WHERE state = 'queued' AND promo AND due_at <= $1) AS promo,
    EXISTS (SELECT 1 FROM deliveries WHERE state = 'queued' AND NOT promo AND due_at <= $1) AS rest
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """`chat`: where they are known at the channel's door. `zone`: of their city, None without."""

    id: int
    message_id: int
    attempts: int
    step: int
    reason: str
    customer_id: int
    campaign_id: int | None
    trigger_id: int | None
    kind: str
    purpose: str
    variant: int
    data: Mapping[str, Any]
    card_id: int | None
    written_at: datetime
    chat: str | None
    zone: str | None

    @property
    def of(self) -> tuple[str, int | None]:
        """What says it: a campaign or a trigger, and which."""
        if self.trigger_id is not None:
            return "trigger", self.trigger_id
        return "campaign", self.campaign_id

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "Waiting":
        names = cls.__slots__
        return cls(**{name: row[name] for name in names} | {
            "variant": row["variant"] or 0, "data": parsed(row["data"]),
            "written_at": moment(row["written_at"]),
        })  # fmt: skip


async def fresh(campaign_id: int, channel: str, after: int) -> list[Waiting]:
    """Of a campaign those that nothing has stood in the way of, in their order, of messages after
    this one."""
    values = [campaign_id, channel, after, door_of(channel), BATCH]
    return [Waiting.read(row) for row in await rows(_FRESH, values)]


# of all: the messages of the campaign in hand
_NEWEST = """
SELECT id / 100 AS hundred FROM messages WHERE campaign_id = $1 ORDER BY id / 100 DESC LIMIT 1
"""


async def end_of(campaign_id: int) -> int:
    """An id past all messages of a campaign: whoever reads them backwards begins there, and does
    not walk through what was written since."""
    found = await rows(_NEWEST, [campaign_id])
    return (int(found[0]["hundred"]) + 1) * 100 if found else 0


async def any_due(now: datetime) -> frozenset[bool]:
    """Whether there is advertising (True) that was put off until now, or anything else (False)."""
    (row,) = await rows(_ANY_DUE, [now])
    return frozenset({True} if row["promo"] else ()) | frozenset({False} if row["rest"] else ())


async def due(now: datetime, channel: str, *, promo: bool) -> list[Waiting]:
    """What was put off until now."""
    values = [promo, now, channel, door_of(channel), BATCH]
    return [Waiting.read(row) for row in await rows(_DUE, values)]
