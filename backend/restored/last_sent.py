"""When this database last knew of a message that was handed over."""

from datetime import UTC, datetime

from backend.platform.database import rows

# of all: the newest time in the whole database
_LAST_SENT = """
SELECT max(changed_at) AS at FROM deliveries
WHERE id > (SELECT COALESCE(max(id), 0) FROM deliveries) - 5000
"""


async def last_sent() -> datetime | None:
    """Among the newest deliveries."""
    value = (await rows(_LAST_SENT))[0]["at"]
    if value is None or isinstance(value, datetime):
        return value
    # SQLite answers an aggregate as text.
    found = datetime.fromisoformat(str(value))
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
