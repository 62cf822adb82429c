"""The day on which somebody was last here: written once a day, however much they do."""

from datetime import UTC, date

from backend.platform.context import Context
from backend.platform.database import rows
from catalog.days import day_in

_SEEN = """
UPDATE identities SET seen_on = $2 WHERE id = $1 AND (seen_on IS NULL OR seen_on < $2)
"""


async def note_seen(ctx: Context, identity_id: int, seen_on: date | str | None) -> None:
    """`seen_on` is what was read of the identity; SQLite gives text."""
    today = day_in(UTC, ctx.clock())
    if seen_on is None or str(seen_on) < today.isoformat():
        await rows(_SEEN, [identity_id, today])
