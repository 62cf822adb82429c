"""What was reported of the SMS that left."""

from backend.platform.database import rows

# of all: the operator's look at the gateway
_HOW = """
SELECT COALESCE(reported, 'not reported yet') AS reported, COUNT(*) AS n FROM deliveries
WHERE channel = 'sms' AND state = 'delivered' GROUP BY 1 ORDER BY 1
"""


async def how_reported() -> list[tuple[str, int]]:
    return [(row["reported"], row["n"]) for row in await rows(_HOW)]
