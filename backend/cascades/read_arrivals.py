"""News on cards has arrived: a phone has fetched what tells it, or Google has taken it."""

from datetime import timedelta

from backend.cascades.report import Word, take_reports
from backend.messaging.reports import Report
from backend.platform.context import Context
from backend.platform.database import rows
from models.channel import ChannelName
from models.message import Reported

BATCH = 200
# What no phone has fetched by then, none will be asked about.
LONGEST = timedelta(days=7)
# From what waits on: SQLite would begin with every delivery that there is.
# of all: whoever was told something on a card
_ARRIVED = """
SELECT d.provider_id FROM deliveries d CROSS JOIN wallet_news n CROSS JOIN wallet_passes w
WHERE d.changed_at > $1 AND d.channel = 'wallet' AND d.state = 'delivered' AND d.reported IS NULL
    AND n.message_id = d.message_id AND w.card_id = n.card_id
    AND (w.wallet = 'apple' AND w.fetched >= n.apple_version
        OR w.wallet = 'google' AND w.told >= n.google_version)
GROUP BY d.provider_id ORDER BY min(n.id) LIMIT $2
"""


async def report_arrived(ctx: Context) -> bool:
    """A batch; whether there may be more."""
    found = await rows(_ARRIVED, [ctx.clock() - LONGEST, BATCH])
    words = [Word(Report(row["provider_id"], Reported.DELIVERED)) for row in found]
    if words:
        await take_reports(ctx, ChannelName.WALLET.value, words)
    return len(words) == BATCH
