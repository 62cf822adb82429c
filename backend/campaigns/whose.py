"""Whose audit trail tells of a campaign."""

from backend.platform.database import rows

# of all: the brand of the campaign in hand
_WHOSE = """
SELECT p.account_id FROM brands b JOIN programs p ON p.id = b.program_id WHERE b.id = $1
"""


async def account_of_brand(brand_id: int) -> int:
    return int((await rows(_WHOSE, [brand_id]))[0]["account_id"])
