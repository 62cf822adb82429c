"""Somebody has followed a short link."""

from collections.abc import Collection
from datetime import datetime

from backend.platform.database import among, rows
from models.short_link import MOST_TIMES

# of all: the link and the message that the address names, of somebody who is still there
_LEADS = """
SELECT l.url FROM short_links l JOIN messages m ON m.id = $2 AND m.brand_id = l.brand_id
JOIN customers c ON c.id = m.customer_id
WHERE l.id = $1 AND c.deleted_at IS NULL
"""
# of all: the same
_COUNT = f"""
INSERT INTO link_clicks (link_id, message_id, first_at, last_at, times)
VALUES ($1, $2, $3, $3, 1)
ON CONFLICT (message_id, link_id) DO UPDATE SET last_at = excluded.last_at,
    times = CASE WHEN link_clicks.times < {MOST_TIMES} THEN link_clicks.times + 1
        ELSE {MOST_TIMES} END
"""  # noqa: S608  a number of our own
# of all: the messages in hand
_CLICKED = "SELECT DISTINCT message_id FROM link_clicks WHERE message_id {which}"


async def leads_to(link_id: int, message_id: int) -> str:
    """The address; "" once the person is gone, or for what was never sent."""
    found = await rows(_LEADS, [link_id, message_id])
    return str(found[0]["url"]) if found else ""


async def count_click(link_id: int, message_id: int, now: datetime) -> None:
    """After `leads_to`. One statement; the first time stays what it was."""
    await rows(_COUNT, [link_id, message_id, now])


async def clicked(message_ids: Collection[int]) -> set[int]:
    """Those of which a link was followed."""
    if not message_ids:
        return set()
    found = await rows(_CLICKED.format(which=among(1)), [list(message_ids)])
    return {row["message_id"] for row in found}
