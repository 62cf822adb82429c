"""Find the customer who writes to the bot, or make one at the first word."""

from tortoise.exceptions import IntegrityError

from backend.events import CustomerJoined
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import transaction
from models.customer import Customer


async def meet(ctx: Context, *, telegram_id: int, language: str, source: str = "") -> Customer:
    """The same person always gets the same row, also from two first updates at once.

    `source` is the label of the link that brought the person: it counts at the first meeting.
    """
    known = await Customer.get_or_none(telegram_id=telegram_id)
    if known is not None:
        return known
    now = ctx.clock()
    try:
        async with transaction():
            customer = await Customer.create(
                telegram_id=telegram_id,
                language=language,
                data_key=ctx.vault.new_data_key(),
                source=source[:64],
                created_at=now,
            )
            await announce(now, CustomerJoined(customer_id=customer.id, source=source[:64]))
    except IntegrityError:
        # The other first update was faster.
        return await Customer.get(telegram_id=telegram_id)
    ctx.wake.set()
    return customer
