"""A person wants advertising in the chat once a day, all of it in one message, or no more."""

from backend.platform.context import Context
from backend.platform.database import rows, transaction
from models.customer import Customer

# of all: what waits for the person's message of the day, of whichever brand
_ALONE = """
UPDATE deliveries SET digest_at = NULL, due_at = $2, reason = ''
WHERE state = 'queued' AND digest_at IS NOT NULL
    AND message_id IN (SELECT id FROM messages WHERE customer_id = $1
        AND kind IN ('campaign', 'trigger'))
"""


async def choose_digest(ctx: Context, customer: Customer, *, wanted: bool) -> None:
    """What waits for the day's message comes by itself once they want none, but for what partners
    have asked to be told by day: it comes at noon. Asked again nothing changes."""
    if customer.ads_digest is wanted:
        return
    async with transaction():
        await Customer.filter(id=customer.id, ads_digest=not wanted).update(ads_digest=wanted)
        if not wanted:
            await rows(_ALONE, [customer.id, ctx.clock()])
    customer.ads_digest = wanted
