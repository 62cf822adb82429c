"""News on cards has arrived: a phone has fetched what tells it, or Google has taken it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import islice
from typing import Any

from backend.cascades.report import Word, take_reports
from backend.messaging.reports import Report
from backend.platform.context import Context
from backend.platform.database import among, rows
from models.channel import ChannelName
from models.message import Reported

BATCH = 200
# So many of those that wait are looked at by one statement: told of no bound PostgreSQL takes half
# of all deliveries to wait, and reads every card's news to join them.
PAGE = 500
# What no phone has fetched by then, none will be asked about.
LONGEST = timedelta(days=7)
# In the index of what waits.
# of all: whoever was told something on a card
_WAITING = """
SELECT d.id, d.changed_at FROM deliveries d
WHERE (d.changed_at, d.id) > ($1, $2)
    AND d.channel = 'wallet' AND d.state = 'delivered' AND d.reported IS NULL
ORDER BY d.changed_at, d.id LIMIT $3
"""
# CROSS: SQLite keeps the order, from what waits on.
# of all: the deliveries in hand
_ARRIVED = """
SELECT d.provider_id FROM deliveries d CROSS JOIN wallet_news n CROSS JOIN wallet_passes w
WHERE d.id {these} AND n.message_id = d.message_id AND w.card_id = n.card_id
    AND (w.wallet = 'apple' AND w.fetched >= n.apple_version
        OR w.wallet = 'google' AND w.told >= n.google_version)
GROUP BY d.provider_id ORDER BY min(n.id)
"""


async def report_arrived(ctx: Context) -> bool:
    """A batch; whether there may be more."""
    arrived: dict[str, None] = {}
    async for page in _waiting(ctx.clock() - LONGEST):
        found = await rows(_ARRIVED.format(these=among(1)), [page])
        arrived |= dict.fromkeys(row["provider_id"] for row in found)
        if len(arrived) >= BATCH:
            break
    words = [Word(Report(each, Reported.DELIVERED)) for each in islice(arrived, BATCH)]
    if words:
        await take_reports(ctx, ChannelName.WALLET.value, words)
    return len(words) == BATCH


async def _waiting(since: Any) -> AsyncIterator[list[int]]:
    """Deliveries by pages, the oldest first."""
    after = 0
    while found := await rows(_WAITING, [since, after, PAGE]):
        yield [row["id"] for row in found]
        if len(found) < PAGE:
            return
        since, after = found[-1]["changed_at"], found[-1]["id"]
