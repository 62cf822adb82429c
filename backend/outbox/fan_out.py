"""One delivery row per reaction, so that one failing reaction never repeats another."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from backend.platform.database import is_postgres, rows, transaction
from models.outbox import OutboxDelivery

BATCH = 200


async def fan_out(now: datetime, reactions: Mapping[str, Sequence[str]]) -> int:
    """Make deliveries for the next events that have none; return how many events.

    `reactions` names the reactions of each event kind. Kinds that are missing from it stay
    untouched: a process of a newer version knows them.
    """
    async with transaction():
        events = await _waiting(list(reactions))
        deliveries = [
            OutboxDelivery(event_id=event["id"], reaction=name, available_at=now)
            for event in events
            for name in reactions[event["kind"]]
        ]
        if deliveries:
            await OutboxDelivery.bulk_create(deliveries, ignore_conflicts=True)
        await _stamp(now, [event["id"] for event in events])
    return len(events)


async def _waiting(kinds: list[str]) -> list[dict[str, Any]]:
    if not kinds:
        return []
    known = ", ".join(f"${n}" for n in range(1, len(kinds) + 1))
    lock = "FOR UPDATE SKIP LOCKED" if is_postgres() else ""
    return await rows(
        f"SELECT id, kind FROM outbox_events WHERE fanned_out_at IS NULL AND kind IN ({known})"  # noqa: S608  marks only
        f" ORDER BY id LIMIT {BATCH} {lock}",
        kinds,
    )


async def _stamp(now: datetime, ids: list[int]) -> None:
    if ids:
        await rows(
            "UPDATE outbox_events SET fanned_out_at = $1 WHERE id IN"  # noqa: S608  marks only
            f" ({', '.join(f'${n}' for n in range(2, len(ids) + 2))})",
            [now, *ids],
        )
