"""Right before some messages leave: may they, and the note that they do, in one statement.

The wait for their turn may have taken minutes, in which somebody may have said no, the campaign may
have been paused, and another one may have used up what a person may hear in a day. After this
nothing is waited for but the moments of these few.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from backend.consents.gate import allows
from backend.messaging.heard import heard
from backend.messaging.reach import door_of
from backend.platform.database import is_postgres, rows, transaction
from backend.sending.voice import Caps
from backend.sending.waiting import IN_DIGEST, Waiting


class Hindrance(StrEnum):
    """Why one does not leave."""

    DELETED = "deleted"
    BLOCKED = "blocked"
    CANCELLED = "cancelled"
    NO_CONSENT = "no_consent"
    CAPPED = "capped"
    # It is put off until the person's message of the day.
    DIGEST = "digest"
    # It waits for no message of the day any more.
    ALONE = "alone"
    # It leaves without payment.
    UNPAID = "unpaid"
    # It stays as it is.
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Cleared:
    """One that leaves now, written down as leaving, or why it does not. `sealed`: a contact and the
    key of whose it is, for channels that need one."""

    hindrance: Hindrance | None
    language: str = "ru"
    sealed: bytes | None = None
    data_key: bytes | None = None


_DAY, _WEEK = (
    heard("m.customer_id", since, brand="m.brand_id", but="m.id") for since in ("$4", "$5")
)
_CAPPED = f"""
(a.per_day > 0 AND {_DAY} >= a.per_day) OR (a.per_week > 0 AND {_WEEK} >= a.per_week)
    OR (a.of_all > 0 AND {heard("m.customer_id", "$4", but="m.id")} >= a.of_all)
"""
# Of a delivery `d` of a message `m` to a customer `c`, of a campaign `p`, known at a door `i`.
HINDERED = f"""
    WHEN c.deleted_at IS NOT NULL THEN 'deleted'
    WHEN i.blocked_at IS NOT NULL THEN 'blocked'
    WHEN p.state = 'cancelled' THEN 'cancelled'
    WHEN p.paused_at IS NOT NULL THEN 'paused'
    WHEN m.purpose = 'promo' AND NOT {allows("m.customer_id", "m.brand_id", "d.channel", "$2")}
        THEN 'no_consent'
"""
# of all: the deliveries in hand
_SEEN = f"""
SELECT a.id, c.language, c.data_key, k.sealed, CASE {HINDERED}
    WHEN {IN_DIGEST} THEN 'digest'
    WHEN {_CAPPED} THEN 'capped' END AS hindrance
FROM {{asked}} JOIN deliveries d ON d.id = a.id AND d.state = 'queued' AND d.attempts = a.attempts
JOIN messages m ON m.id = d.message_id JOIN customers c ON c.id = m.customer_id
LEFT JOIN campaigns p ON p.id = m.campaign_id
LEFT JOIN identities i ON i.customer_id = c.id AND i.door = $3
LEFT JOIN contacts k ON k.customer_id = c.id AND k.verified_at IS NOT NULL AND k.kind = $6
"""  # noqa: S608
_NAMES = ("id", "attempts", "per_day", "per_week", "of_all")
_ASKED_ON_POSTGRES = """
UNNEST($1::bigint[], $7::int[], $8::int[], $9::int[], $10::int[])
    AS a(id, attempts, per_day, per_week, of_all)
"""
_FROM_JSON = ", ".join(f"json_extract(value, '$[{n}]') AS {name}" for n, name in enumerate(_NAMES))
_ASKED_ON_SQLITE = f"(SELECT {_FROM_JSON} FROM json_each($1)) a"  # noqa: S608
# of all: the deliveries in hand
_ON_POSTGRES = f"""
WITH seen AS ({_SEEN.format(asked=_ASKED_ON_POSTGRES)}), begun AS (
    UPDATE deliveries d SET state = 'sending', attempts = d.attempts + 1, changed_at = $2
    FROM seen WHERE d.id = seen.id AND seen.hindrance IS NULL AND d.state = 'queued'
    RETURNING d.id)
SELECT seen.*, begun.id AS begun FROM seen LEFT JOIN begun ON begun.id = seen.id
"""  # noqa: S608
_ON_SQLITE = _SEEN.format(asked=_ASKED_ON_SQLITE)
# of all: the deliveries in hand
_BEGIN_ON_SQLITE = """
UPDATE deliveries SET state = 'sending', attempts = attempts + 1, changed_at = $2
WHERE id IN (SELECT value FROM json_each($1))
"""
_CONTACTS = {"email": "email", "sms": "phone"}


async def begin(
    now: datetime, channel: str, group: Sequence[tuple[Waiting, Caps]]
) -> Mapping[int, Cleared]:
    """By the delivery's id; what is not among it was taken by somebody else meanwhile. Two of one
    person are never in one group: neither would see the other."""
    asked = [
        [each.id, each.attempts, caps.per_day, caps.per_week, caps.of_all] for each, caps in group
    ]
    same = [now, door_of(channel), now - timedelta(days=1), now - timedelta(days=7)]
    contact = _CONTACTS.get(channel, "")
    if is_postgres():
        columns = [list(column) for column in zip(*asked, strict=True)]
        values = [columns[0], *same, contact, *columns[1:]]
        return {row["id"]: _cleared(row) for row in await rows(_ON_POSTGRES, values) if _left(row)}
    return await _begin_on_sqlite(asked, same, contact)


async def _begin_on_sqlite(
    asked: list[list[int]], same: list[Any], contact: str
) -> Mapping[int, Cleared]:
    async with transaction():
        found = await rows(_ON_SQLITE, [asked, *same, contact])
        leaving = [row["id"] for row in found if row["hindrance"] is None]
        if leaving:
            await rows(_BEGIN_ON_SQLITE, [leaving, same[0]])
    return {row["id"]: _cleared(row) for row in found}


def _left(row: Mapping[str, Any]) -> bool:
    """Whether it is ours: nobody has begun it between our look and our note."""
    return row["hindrance"] is not None or row["begun"] is not None


def _cleared(row: Mapping[str, Any]) -> Cleared:
    hindrance = None if row["hindrance"] is None else Hindrance(row["hindrance"])
    return Cleared(hindrance, row["language"], row["sealed"], row["data_key"])
