"""What is kept no longer than it is needed: old changes, in bounded batches."""

from datetime import datetime

from backend.changes.append import hold
from backend.platform.database import rows, transaction

BATCH = 500
# Each begins behind what has gone: an index keeps the places of removed rows for a while, and who
# begins at its beginning walks over all of them.
# of all: the feeds whose oldest change is old
_OLD = """
SELECT f.account_id FROM account_feeds f WHERE EXISTS (
    SELECT 1 FROM account_changes c WHERE c.account_id = f.account_id
    AND c.seq = (SELECT min(o.seq) FROM account_changes o
        WHERE o.account_id = f.account_id AND o.seq > f.forgotten_seq)
    AND c.at < $1)
ORDER BY f.account_id LIMIT 1
"""
_FIRST = """
SELECT seq, at < $2 AS old FROM account_changes
WHERE account_id = $1 AND seq > (SELECT forgotten_seq FROM account_feeds WHERE account_id = $1)
ORDER BY seq LIMIT $3
"""
# Without a lower bound PostgreSQL reads the whole feed: by its last count much of it is below.
_GO = "DELETE FROM account_changes WHERE account_id = $1 AND seq BETWEEN $2 AND $3"
_GONE = "UPDATE account_feeds SET forgotten_seq = $1 WHERE account_id = $2"


async def forget_changes(before: datetime) -> int:
    """One batch of one feed, from its oldest on and none out of order; how many."""
    found = await rows(_OLD, [before])
    if not found:
        return 0
    account_id = found[0]["account_id"]
    async with transaction():
        await hold([account_id])
        old = []
        for row in await rows(_FIRST, [account_id, before, BATCH]):
            if not row["old"]:
                break
            old.append(row["seq"])
        if old:
            await rows(_GO, [account_id, old[0], old[-1]])
            await rows(_GONE, [old[-1], account_id])
    return len(old)
