"""Advertising of partners for those who want it once a day: it leaves with the rest of their day
(backend/sending/digests.py)."""

from collections.abc import Sequence
from datetime import datetime

from backend.platform.database import among, rows, transaction

# of all: the deliveries in hand
_GATHER = """
UPDATE deliveries SET promo = TRUE, digest_at = $2 WHERE id {these} AND state = 'queued'
    AND EXISTS (SELECT 1 FROM messages m JOIN customers c ON c.id = m.customer_id
        WHERE m.id = deliveries.message_id AND c.ads_digest)
RETURNING id, message_id
"""
# By day they leave, so that no night overtakes them.
# of all: the messages in hand
_BY_DAY = "UPDATE partner_messages SET until = NULL WHERE message_id {these}"


async def gather(now: datetime, deliveries: Sequence[int]) -> set[int]:
    """Of these, which go with the others of a day from now on."""
    async with transaction():
        found = await rows(_GATHER.format(these=among(1)), [list(deliveries), now])
        if found:
            await rows(_BY_DAY.format(these=among(1)), [[row["message_id"] for row in found]])
    return {row["id"] for row in found}
