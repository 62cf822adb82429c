"""Hand deliveries to the queue, once per lease."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from backend.platform.database import is_postgres, rows

BATCH = 200
CARRIED = 100
# Longer than a reaction may run (backend/worker/handle.py), so that a delivery found with an
# older stamp was lost by the queue or by a process that died.
LEASE = timedelta(seconds=30)
_CLAIM = """
UPDATE outbox_deliveries SET dispatched_at = $1 WHERE id IN (
    SELECT d.id FROM outbox_deliveries d
    WHERE d.done_at IS NULL AND d.failed_at IS NULL
        AND d.available_at <= $1 AND (d.dispatched_at IS NULL OR d.dispatched_at < $2)
        AND (d.order_key = '' OR NOT EXISTS (
            SELECT 1 FROM outbox_deliveries before
            WHERE before.reaction = d.reaction AND before.order_key = d.order_key
                AND before.order_key <> '' AND before.event_id < d.event_id
                AND before.done_at IS NULL AND before.failed_at IS NULL))
    ORDER BY d.available_at, d.id LIMIT $3 {lock})
RETURNING id, attempts, reaction, alone
"""


@dataclass(frozen=True, slots=True)
class Claimed:
    """`alone`: not in a batch, because the last one that it was in broke."""

    id: int
    attempts: int
    reaction: str = field(default="", compare=False)
    alone: bool = field(default=False, compare=False)


async def claim(now: datetime, *, lease: timedelta = LEASE, limit: int = BATCH) -> list[Claimed]:
    """Stamp the next due deliveries and return them. Of one order key the oldest alone, until it
    is done or given up.

    Also the sweeper: a delivery that was dispatched longer than `lease` ago and is neither
    done nor failed is due again, so an emptied Redis or a killed process only delays it.
    """
    lock = "FOR UPDATE OF d SKIP LOCKED" if is_postgres() else ""
    found = await rows(_CLAIM.format(lock=lock), [now, now - lease, limit])
    # PostgreSQL returns them in any order.
    return [
        Claimed(row["id"], row["attempts"], row["reaction"], bool(row["alone"]))
        for row in sorted(found, key=lambda row: int(row["id"]))
    ]


def carried(claimed: Sequence[Claimed]) -> Iterator[Sequence[Claimed]]:
    """What one task of the queue carries. Those of one reaction stand together."""
    ordered = sorted(claimed, key=lambda each: each.reaction)
    for first in range(0, len(ordered), CARRIED):
        yield ordered[first : first + CARRIED]


def grouped(claimed: Iterable[Claimed], most: Mapping[str, int]) -> Iterator[list[Claimed]]:
    """What is run at a time. `most`: how many deliveries a reaction takes at a time; one where it
    is not named."""
    together: dict[str, list[Claimed]] = {}
    for each in claimed:
        upto = 1 if each.alone else most.get(each.reaction, 1)
        if upto == 1:
            yield [each]
            continue
        group = together.setdefault(each.reaction, [])
        group.append(each)
        if len(group) == upto:
            yield together.pop(each.reaction)
    yield from together.values()
