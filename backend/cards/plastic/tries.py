"""How often a person may ask whose card a number is."""

from datetime import timedelta

from backend.customers.person.limit_marks import marked, person_index
from backend.customers.person.lock import lock_person
from backend.platform.context import Context
from backend.platform.database import transaction
from models.card_finding import NumberTry
from models.customer import Customer
from models.limit_mark import Limited
from models.refusal import Code, Refusal

MOST_TRIES = 10
WINDOW = timedelta(hours=1)


async def count_try(ctx: Context, customer: Customer) -> int:
    """The id of the try. Refuses with too_many_tries after MOST_TRIES in an hour; those before a
    deletion of the person's data count."""
    now = ctx.clock()
    async with transaction():
        await lock_person(customer.id)
        await NumberTry.filter(customer_id=customer.id, tried_at__lte=now - WINDOW).delete()
        tried = await NumberTry.filter(customer_id=customer.id).count()
        gone = await marked(Limited.NUMBER, await person_index(ctx, customer), now - WINDOW)
        if tried + len(gone) >= MOST_TRIES:
            raise Refusal(Code.TOO_MANY_TRIES)
        counted = await NumberTry.create(customer_id=customer.id, tried_at=now)
    return int(counted.id)


async def take_back_try(try_id: int) -> None:
    """Nobody answered, so nobody learnt anything."""
    async with transaction():
        await NumberTry.filter(id=try_id).delete()
