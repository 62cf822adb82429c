"""What a campaign may pay for: its approved Stars, counted before a message leaves.

Telegram takes a tenth of a Star for each message beyond what is free, if it is delivered; which
those were it does not tell. So each that leaves this way counts, and one that certainly was not
delivered no more. Whatever happens to the process, no more leave than were approved.
"""

from backend.platform.database import rows, transaction
from models.campaign import Campaign

# Of one Star.
MESSAGES = 10
SPENT = "the approved Stars are spent"
NOT_SET_UP = "paid messages are not set up here"
# of all: the campaign in hand
_USED = "SELECT paid_messages FROM campaigns WHERE id = $1"
# of all: the campaign in hand
_TAKE = """
UPDATE campaigns SET paid_messages = paid_messages + $2 WHERE id = $1 AND paid_messages = $3
RETURNING id
"""
# of all: the campaign in hand
_GIVE_BACK = "UPDATE campaigns SET paid_messages = paid_messages - $2 WHERE id = $1"
# of all: the campaign in hand
_STOP = "UPDATE campaigns SET paid_stopped = $2 WHERE id = $1 AND paid_stopped = ''"


def most_paid(campaign: Campaign) -> int:
    """Messages; 0 for one that pays for none."""
    return int((campaign.plan.get("paid") or {}).get("most_stars") or 0) * MESSAGES


def stars(messages: int) -> str:
    """A decimal text."""
    return f"{messages // MESSAGES}.{messages % MESSAGES}"


def pays(campaign: Campaign) -> bool:
    return most_paid(campaign) > 0 and not campaign.paid_stopped


async def take(campaign_id: int, wanted: int, most: int) -> int:
    """How many of so many may leave as paid for; they are counted by now."""
    async with transaction():
        (row,) = await rows(_USED, [campaign_id])
        used = int(row["paid_messages"])
        taken = max(0, min(wanted, most - used))
        if taken and not await rows(_TAKE, [campaign_id, taken, used]):
            return 0
    return taken


async def give_back(campaign_id: int, number: int) -> None:
    await rows(_GIVE_BACK, [campaign_id, number])


async def stop_paying(campaign_id: int, reason: str) -> None:
    """From now on it leaves as others do. The first reason stands."""
    await rows(_STOP, [campaign_id, reason[:200]])
