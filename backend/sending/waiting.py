"""Deliveries that wait for their turn: those in the order of their campaign, and those put off."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.messaging.reach import door_of
from backend.platform.database import among, rows
from backend.platform.dialect import moment, parsed

BATCH = 500
# For statements about a delivery `d` of a message `m` to a customer `c`: it comes with the day's
# others.
IN_DIGEST = "(c.ads_digest AND m.purpose = 'promo' AND d.channel = 'telegram')"
_ROW = f"""
d.id, d.message_id, d.attempts, d.step, d.reason, m.customer_id, m.brand_id, m.campaign_id,
    m.trigger_id, m.kind, m.purpose, m.variant, m.data, m.card_id, m.created_at AS written_at,
    i.external_id AS chat, t.timezone AS zone, {IN_DIGEST} AS digest
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
    AND d.digest_at IS NULL AND d.channel = $2 {_FROM.format(door="$4")}
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
# of all: whoever has a message of the day to come
_DIGESTS = f"""
SELECT {_ROW} FROM deliveries d JOIN messages m ON m.id = d.message_id
{_FROM.format(door="$3")}
WHERE d.state = 'queued' AND d.digest_at <= $1 AND m.customer_id {{people}} ORDER BY d.id
"""  # noqa: S608
# of all: whoever has a message of the day to come
_DIGEST_OF = """
SELECT m.customer_id FROM deliveries d JOIN messages m ON m.id = d.message_id
WHERE d.state = 'queued' AND d.digest_at <= $1 ORDER BY d.digest_at, d.id LIMIT $2
"""


# of all: what was put off, of every campaign and trigger
_ANY_DUE = """
SELECT EXISTS (SELECT 1 FROM deliveries WHERE state = 'queued' AND promo AND due_at <= $1) AS promo,
    EXISTS (SELECT 1 FROM deliveries WHERE state = 'queued' AND NOT promo AND due_at <= $1) AS rest,
    EXISTS (SELECT 1 FROM deliveries WHERE state = 'queued' AND digest_at <= $1) AS digest
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """`chat`: where they are known at the channel's door. `zone`: of their city, None without.
    `digest`: it comes once a day, with others."""

    id: int
    message_id: int
    attempts: int
    step: int
    reason: str
    customer_id: int
    brand_id: int | None
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
    digest: bool = False

    @property
    def of(self) -> tuple[str, int | None]:
        """What says it: a campaign or a trigger, and which; what a partner has asked to be told,
        its brand."""
        if self.trigger_id is not None:
            return "trigger", self.trigger_id
        if self.campaign_id is None:
            return "partner", self.brand_id
        return "campaign", self.campaign_id

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "Waiting":
        names = cls.__slots__
        return cls(**{name: row[name] for name in names} | {
            "variant": row["variant"] or 0, "data": parsed(row["data"]),
            "written_at": moment(row["written_at"]), "digest": bool(row["digest"]),
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


@dataclass(frozen=True, slots=True)
class AnyDue:
    """Whether there is advertising that was put off until now, anything else, and the message of a
    day."""

    promo: bool
    rest: bool
    digest: bool


async def any_due(now: datetime) -> AnyDue:
    (row,) = await rows(_ANY_DUE, [now])
    return AnyDue(bool(row["promo"]), bool(row["rest"]), bool(row["digest"]))


async def due(now: datetime, channel: str, *, promo: bool) -> list[Waiting]:
    """What was put off until now."""
    values = [promo, now, channel, door_of(channel), BATCH]
    return [Waiting.read(row) for row in await rows(_DUE, values)]


async def digests(now: datetime, channel: str, but: Collection[int]) -> list[list[Waiting]]:
    """What comes to whom in their message of the day: of each person all that waits for it, but of
    these people."""
    found = [row["customer_id"] for row in await rows(_DIGEST_OF, [now, BATCH])]
    people = [each for each in dict.fromkeys(found) if each not in but]
    if not people:
        return []
    by_person: dict[int, list[Waiting]] = {each: [] for each in people}
    asked = _DIGESTS.format(people=among(2))
    for row in await rows(asked, [now, people, door_of(channel)]):
        by_person[row["customer_id"]].append(Waiting.read(row))
    return [each for each in by_person.values() if each]
