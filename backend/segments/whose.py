"""In whose name it is asked who is meant."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from backend.platform.database import rows

# of all: the brand in hand
_WHOSE = """
SELECT b.id, b.program_id, p.account_id, a.timezone FROM brands b
JOIN programs p ON p.id = b.program_id JOIN accounts a ON a.id = p.account_id WHERE b.id = $1
"""


@dataclass(frozen=True, slots=True)
class Whose:
    """A brand, with its program and account, and the zone in which the account's days are meant.
    `cities` are the ids of all cities by their keys: of ids the planner knows how many people live
    there, of keys it does not."""

    brand_id: int
    program_id: int
    account_id: int
    zone: ZoneInfo
    cities: Mapping[str, int]


async def whose(brand_id: int) -> Whose:
    (row,) = await rows(_WHOSE, [brand_id])
    cities = {city["key"]: city["id"] for city in await rows("SELECT id, key FROM cities")}
    zone = ZoneInfo(row["timezone"])
    return Whose(row["id"], row["program_id"], row["account_id"], zone, cities)
