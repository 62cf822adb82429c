"""Right before somebody's message of the day leaves: what of it may, and the note that it does.

Asked of all of it at one moment, each as if it left by itself: consent, block, the campaign's own
state, the caps. One that has left today is the last of that day.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from backend.messaging.heard import heard
from backend.messaging.reach import door_of
from backend.platform.database import among, rows, transaction
from backend.sending.begin import HINDERED, Hindrance
from backend.sending.voice import Caps
from backend.sending.waiting import IN_DIGEST, Waiting

_DAY, _WEEK = (
    heard("m.customer_id", since, brand="m.brand_id", but="m.id") for since in ("$4", "$5")
)
# of all: the deliveries in hand
_SEEN = f"""
SELECT d.id, d.attempts, m.brand_id, c.language, {_DAY} AS day, {_WEEK} AS week,
    {heard("m.customer_id", "$4", but="m.id")} AS of_all,
    CASE {HINDERED}
        WHEN NOT {IN_DIGEST} AND m.kind IN ('campaign', 'trigger') THEN 'alone'
        WHEN EXISTS (SELECT 1 FROM messages x JOIN deliveries y ON y.message_id = x.id
            WHERE x.customer_id = m.customer_id AND y.digest_at IS NOT NULL
            AND y.state IN ('sending', 'delivered', 'in_doubt') AND y.changed_at >= $6)
            THEN 'digest' END AS hindrance
FROM deliveries d JOIN messages m ON m.id = d.message_id JOIN customers c ON c.id = m.customer_id
LEFT JOIN campaigns p ON p.id = m.campaign_id
LEFT JOIN identities i ON i.customer_id = c.id AND i.door = $3
WHERE d.id {{these}} AND d.state = 'queued' AND d.digest_at IS NOT NULL
"""  # noqa: S608
# of all: the deliveries in hand
_BEGIN = """
UPDATE deliveries SET state = 'sending', attempts = attempts + 1, changed_at = $2
WHERE id {these} AND state = 'queued' RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Begun:
    """`leaving`: written down as leaving. What is neither there nor `hindered` was taken by
    somebody else meanwhile."""

    language: str
    leaving: frozenset[int]
    hindered: Mapping[int, Hindrance]


async def begin_digest(
    now: datetime, channel: str, began: datetime, asked: Sequence[tuple[Waiting, Caps]]
) -> Begun:
    """`asked`: of one person, in the order in which it counts. `began`: their day."""
    ids = [waiting.id for waiting, _ in asked]
    since = [now - timedelta(days=1), now - timedelta(days=7), began]
    async with transaction():
        found = await rows(_SEEN.format(these=among(1)), [ids, now, door_of(channel), *since])
        seen = {row["id"]: row for row in found}
        hindered = _hindered(seen, asked)
        free = [each for each in ids if each in seen and each not in hindered]
        begun = await rows(_BEGIN.format(these=among(1)), [free, now]) if free else []
    language = found[0]["language"] if found else "ru"
    return Begun(language, frozenset(row["id"] for row in begun), hindered)


def _hindered(
    seen: Mapping[int, Mapping[str, Any]], asked: Sequence[tuple[Waiting, Caps]]
) -> dict[int, Hindrance]:
    """What goes before counts for what comes after it."""
    found: dict[int, Hindrance] = {}
    before: Counter[int] = Counter()
    for waiting, caps in asked:
        row = seen.get(waiting.id)
        if row is None:
            continue
        if row["hindrance"] is not None:
            found[waiting.id] = Hindrance(row["hindrance"])
        elif _is_capped(row, caps, before):
            found[waiting.id] = Hindrance.CAPPED
        else:
            before[row["brand_id"]] += 1
    return found


def _is_capped(row: Mapping[str, Any], caps: Caps, before: Counter[int]) -> bool:
    mine, all_of_them = before[row["brand_id"]], before.total()
    heard = (
        (caps.per_day, int(row["day"]) + mine),
        (caps.per_week, int(row["week"]) + mine),
        (caps.of_all, int(row["of_all"]) + all_of_them),
    )
    return any(0 < most <= so_many for most, so_many in heard)
