"""How many messages of a campaign ended how, counted as they end: nobody walks through millions of
rows to see how far it is."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from backend.platform.database import places, rows

if TYPE_CHECKING:
    from backend.sending.outcomes import Outcome

ADDED = """
ON CONFLICT (campaign_id, variant, channel, state) DO UPDATE SET
    n = campaign_counts.n + excluded.n, kopecks = campaign_counts.kopecks + excluded.kopecks
"""
# of all: the campaigns in hand
_ADD = f"""
INSERT INTO campaign_counts (campaign_id, variant, channel, state, n, kopecks) VALUES {{rows}}
{ADDED}
"""  # noqa: S608
# of all: the campaign in hand
_FORGET = "DELETE FROM campaign_counts WHERE campaign_id = $1"
# of all: the campaign in hand
_AGAIN = """
INSERT INTO campaign_counts (campaign_id, variant, channel, state, n, kopecks)
SELECT m.campaign_id, COALESCE(m.variant, 0), d.channel, d.state, COUNT(*), SUM(d.cost_kopecks)
FROM messages m JOIN deliveries d ON d.message_id = m.id
WHERE m.campaign_id = $1 AND d.state NOT IN ('queued', 'sending')
GROUP BY m.campaign_id, COALESCE(m.variant, 0), d.channel, d.state
"""


async def add_counts(ended: Sequence["Outcome"]) -> None:
    """Inside the transaction that wrote them."""
    n: Counter[tuple[int, int, str, str]] = Counter()
    kopecks: Counter[tuple[int, int, str, str]] = Counter()
    for each in ended:
        campaign, state = each.waiting.campaign_id, each.state.value
        if campaign is None or state == "queued":
            continue
        key = (campaign, each.waiting.variant, each.channel, state)
        n[key] += 1
        kopecks[key] += each.cost_kopecks
    if n:
        # In one order, so that two never wait for each other.
        values = [value for key in sorted(n) for value in (*key, n[key], kopecks[key])]
        await rows(_ADD.format(rows=places(len(n), 6)), values)


async def count_again(campaign_id: int) -> None:
    """Inside a transaction, of a campaign that has ended: others stop messages too."""
    await rows(_FORGET, [campaign_id])
    await rows(_AGAIN, [campaign_id])
