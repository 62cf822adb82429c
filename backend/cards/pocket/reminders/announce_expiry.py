"""The schedule: cards that are about to end, 14 and 3 days before, in the daytime where their
owner is. backend.cards.pocket.reminders.remind_expiry tells them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.cards.pocket.expiry import days_left
from backend.cards.pocket.reminders.daytime import here_of, is_day
from backend.events.cards import CardExpiryNeared, CardFoundDamaged
from backend.events.event import Event
from backend.messaging.reach import reachable
from backend.outbox.announce import announce_all
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.dialect import moment
from catalog.days import day_here
from models.card import CardStatus
from models.wallet_entry import WalletEntry

STAGES = (3, 14)
BATCH = 500
# Zones are up to a day apart from the one that the date was typed in.
NEAR = timedelta(days=max(STAGES) + 2)
# By when they end: in the order of their ids SQLite would read every entry that there is.
# of all: dates come for everybody
_NEAR = """
SELECT id, expires_at FROM wallet_entries
WHERE expires_at >= $1 AND (expires_at, id) > ($1, $2) AND expires_at < $3
ORDER BY expires_at, id LIMIT $4
"""


@dataclass(frozen=True, slots=True)
class Due:
    entry: WalletEntry
    event: Event


async def announce_expiry(ctx: Context) -> int:
    """Everybody who is due now, in batches of a transaction each; returns how many. Killed in
    between it goes on where it was."""
    now = ctx.clock()
    told, ends, last = 0, now - timedelta(days=2), 0
    while True:
        page = await rows(_NEAR, [ends, last, now + NEAR, BATCH])
        theirs = await _shown([row["id"] for row in page]) if page else []
        told += await _announce(ctx, [due for entry in theirs if (due := _due(entry, now))])
        if len(page) < BATCH:
            return told
        ends, last = moment(page[-1]["expires_at"]), page[-1]["id"]


async def _shown(entry_ids: list[int]) -> list[WalletEntry]:
    """Of those who can be told, what stands in their wallet."""
    # of all: the entries in hand
    found = WalletEntry.filter(
        id__in=entry_ids,
        card__status=CardStatus.ACTIVE,
        card__removed_at__isnull=True,
        card__hidden=False,
    )
    entries = await found.order_by("id").select_related("customer__city")
    there = await reachable({entry.customer_id for entry in entries})
    return [entry for entry in entries if entry.customer_id in there]


def _due(entry: WalletEntry, now: datetime) -> Due | None:
    """What cannot be told of one card stops no other: it is announced as damaged, once."""
    try:
        here = here_of(entry.customer, now)
        stage = due_stage(entry, here)
        if stage is None or not is_day(here):
            return None
        day = day_here(here, entry.expires_at).isoformat()  # type: ignore[arg-type]
        return Due(entry, CardExpiryNeared(entry.card_id, entry.customer_id, day, stage))
    except Exception:  # noqa: BLE001  its reaction finds the same, and tells it
        if entry.reminded_at is not None and entry.reminded_at > now - NEAR:
            return None
        return Due(entry, CardFoundDamaged(entry.card_id, entry.customer_id))


async def _announce(ctx: Context, due: list[Due]) -> int:
    """Those that nobody has announced or changed since they were read."""
    if not due:
        return 0
    async with transaction():
        these = WalletEntry.filter(id__in=[each.entry.id for each in due])
        held = await these.order_by("id").select_for_update()
        now_as = {row.id: (row.expires_at, row.reminded_at) for row in held}
        mine = [
            each
            for each in due
            if now_as.get(each.entry.id) == (each.entry.expires_at, each.entry.reminded_at)
        ]
        taken = WalletEntry.filter(id__in=[each.entry.id for each in mine])
        await taken.update(reminded_at=ctx.clock())
        await announce_all(ctx.clock(), [each.event for each in mine])
    ctx.wake.set()
    return len(mine)


def due_stage(entry: WalletEntry, here: datetime) -> int | None:
    """14, 3, or None: not yet, over, or told at this stage already."""
    assert entry.expires_at is not None
    left = days_left(entry.expires_at, here)
    stage = next((days for days in STAGES if 0 <= left <= days), None)
    if stage is None:
        return None
    begun = day_here(here, entry.expires_at) - timedelta(days=stage)
    reminded = entry.reminded_at
    if reminded is not None and day_here(here, reminded) >= begun:
        return None
    return stage
