"""What is kept no longer than it is needed: old changes, in bounded batches."""

from datetime import datetime

from backend.changes.append import hold
from backend.platform.database import rows, transaction

BATCH = 500
# of all: the feeds whose oldest change is old
_OLD = """
SELECT f.account_id FROM account_feeds f WHERE EXISTS (
    SELECT 1 FROM account_changes c WHERE c.account_id = f.account_id
    AND c.seq = (SELECT min(o.seq) FROM account_changes o WHERE o.account_id = f.account_id)
    AND c.at < $1)
ORDER BY f.account_id LIMIT 1
"""
_FIRST = """
SELECT seq, at < $2 AS old FROM account_changes WHERE account_id = $1 ORDER BY seq LIMIT $3
"""
_GO = "DELETE FROM account_changes WHERE account_id = $1 AND seq <= $2"
_GONE = "UPDATE account_feeds SET forgotten_seq = $1 WHERE account_id = $2"


async def forget_changes(before: datetime) -> int:
    """One batch of one feed, from its oldest on and none out of order; how many."""
    found = await rows(_OLD, [before])
    if not found:
        return 0
    account_id = found[0]["account_id"]
    async with transaction():
        await hold([account_id])
        old = 0
        for row in await rows(_FIRST, [account_id, before, BATCH]):
            if not row["old"]:
                break
            old += 1
            last = row["seq"]
        if old:
            await rows(_GO, [account_id, last])
            await rows(_GONE, [last, account_id])
    return old
