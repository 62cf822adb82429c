"""In whose name it is asked who is meant."""

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
    """A brand, with its program and account, and the zone in which the account's days are meant."""

    brand_id: int
    program_id: int
    account_id: int
    zone: ZoneInfo


async def whose(brand_id: int) -> Whose:
    (row,) = await rows(_WHOSE, [brand_id])
    return Whose(row["id"], row["program_id"], row["account_id"], ZoneInfo(row["timezone"]))
