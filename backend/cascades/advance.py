"""Messages that did not arrive in time go on by the next channel.

One of the workers does it. A batch is one transaction: the next delivery and that the one before
has had its say are written together, so that a killed process neither forgets nor repeats one; a
channel carries a message once whatever happens (unique together). What was put off by
`Delivery.due_at` is sent by whoever sends the rest.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.cascades.plans import Plans, plans_of
from backend.cascades.whom import Row, left_or_said_no, reachable
from backend.platform.context import Context
from backend.platform.database import among, is_postgres, places, rows, transaction
from backend.platform.dialect import moment
from backend.platform.watch.use_case_log import log_of
from models.message import Reported
from models.message_purpose import MessagePurpose

BATCH = 500
# Which of these messages somebody has followed a link of.
Clicked = Callable[[Collection[int]], Awaitable[set[int]]]
# What a message of these accounts costs by channel, in kopecks.
Prices = Callable[[Collection[int]], Awaitable[Mapping[int, Mapping[str, int]]]]
# of all: whatever is due, of every brand
_DUE = """
SELECT d.id, d.message_id, d.channel, m.customer_id, m.brand_id, m.card_id, m.purpose,
    m.campaign_id, m.trigger_id, m.created_at AS written_at, p.account_id,
    COALESCE(c.state = 'cancelled', FALSE) OR COALESCE(NOT t.is_on, FALSE) AS cancelled
FROM deliveries d JOIN messages m ON m.id = d.message_id
LEFT JOIN brands b ON b.id = m.brand_id LEFT JOIN programs p ON p.id = b.program_id
LEFT JOIN campaigns c ON c.id = m.campaign_id LEFT JOIN triggers t ON t.id = m.trigger_id
WHERE d.next_at IS NOT NULL AND d.next_at <= $1 ORDER BY d.next_at, d.id LIMIT $2 {lock}
"""
# of all: the messages in hand
_TRIED = "SELECT id, message_id, channel, reported FROM deliveries WHERE message_id {these}"
# of all: the messages in hand
_ADD = """
INSERT INTO deliveries (message_id, channel, state, attempts, provider_id, reason, cost_kopecks,
    step, promo, due_at, counted, created_at, changed_at)
VALUES {rows} ON CONFLICT (message_id, channel) DO NOTHING
"""
# of all: the deliveries in hand
_SETTLED = "UPDATE deliveries SET next_at = NULL WHERE id {these}"


async def advance(
    ctx: Context, channels: Collection[str], clicked: Clicked, prices: Prices
) -> bool:
    """One batch; whether there may be more. `channels` are those that are set up."""
    now = ctx.clock()
    async with transaction():
        lock = "FOR UPDATE OF d SKIP LOCKED" if is_postgres() else ""
        found = await rows(_DUE.format(lock=lock), [now, BATCH])
        if not found:
            return False
        open_ways = await _open(now, found, clicked)
        chosen = await _choose(now, open_ways, channels, prices)
        await _add(now, chosen)
        await rows(_SETTLED.format(these=among(1)), [[row["id"] for row in found]])
    if chosen:
        log_of(ctx, __name__).info("messages go on by another channel", messages=len(chosen))
    return len(found) == BATCH


@dataclass(frozen=True, slots=True)
class _Open:
    """Messages that go on, and by which channels each was tried."""

    plans: Plans
    found: Sequence[Row]
    tried: Mapping[int, set[str]]

    def left(self, row: Row, costs: Mapping[int, Mapping[str, int]]) -> list[tuple[int, str]]:
        prices = costs.get(row["account_id"] or 0, {})
        return self.plans.of(row).left(row["channel"], self.tried[row["message_id"]], prices)


async def _open(now: datetime, found: Sequence[Row], clicked: Clicked) -> _Open:
    ids = sorted({row["message_id"] for row in found})
    tried = await rows(_TRIED.format(these=among(1)), [ids])
    plans = await plans_of(found)
    over = _over(tried) | await clicked(ids) | await left_or_said_no(found)
    newest: dict[int, int] = {}
    by: defaultdict[int, set[str]] = defaultdict(set)
    for row in tried:
        newest[row["message_id"]] = max(row["id"], newest.get(row["message_id"], 0))
        by[row["message_id"]].add(row["channel"])
    going = [
        row
        for row in found
        if row["message_id"] not in over
        and not row["cancelled"]
        and row["id"] == newest[row["message_id"]]
        and not _stale(now, row, plans)
    ]
    return _Open(plans, going, by)


def _over(tried: Sequence[Row]) -> set[int]:
    return {row["message_id"] for row in tried if row["reported"] == Reported.DELIVERED}


def _stale(now: datetime, row: Row, plans: Plans) -> bool:
    stale = plans.of(row).stale
    return stale is not None and moment(row["written_at"]) + stale <= now


async def _choose(
    now: datetime, ways: _Open, channels: Collection[str], prices: Prices
) -> list[tuple[Row, int, str]]:
    """Of each the first channel that is left, set up, allowed and knows where they are."""
    costs = await prices({row["account_id"] for row in ways.found if row["account_id"]})
    left = {
        row["message_id"]: [each for each in ways.left(row, costs) if each[1] in channels]
        for row in ways.found
    }
    may: dict[str, set[int]] = {}
    for channel in {each for some in left.values() for _, each in some}:
        asked = [row for row in ways.found if channel in dict(left[row["message_id"]]).values()]
        may[channel] = await reachable(now, channel, asked)
    chosen = []
    for row in ways.found:
        message = row["message_id"]
        first = next((each for each in left[message] if message in may[each[1]]), None)
        if first is not None:
            chosen.append((row, *first))
    return chosen


async def _add(now: datetime, chosen: Sequence[tuple[Row, int, str]]) -> None:
    if not chosen:
        return
    made: list[list[Any]] = [
        [
            row["message_id"], channel, "queued", 0, "", "", 0, step,
            row["purpose"] == MessagePurpose.PROMO, now, False, now, now,
        ]
        for row, step, channel in chosen
    ]  # fmt: skip
    marks = places(len(made), len(made[0]))
    await rows(_ADD.format(rows=marks), [value for row in made for value in row])
