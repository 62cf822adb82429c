"""Meeting a person: once, whoever comes first."""

import asyncio

from backend.customers.person.block import block, unblock
from backend.customers.person.meet import in_telegram, meet
from backend.platform.context import Context
from models.customer import Customer
from models.outbox import OutboxEvent
from tests.support.clock import StoppedClock
from tests.support.factory.customers import blocked_at

ANNA = 700000001


async def test_two_first_updates_at_once_make_one_person(database: str, ctx: Context) -> None:
    met = await asyncio.gather(
        *(meet(ctx, in_telegram(ANNA), language="ru", source=f"link{n}") for n in range(12))
    )

    assert len({customer.id for customer in met}) == 1
    customer = await Customer.get()
    assert customer.data_key is not None
    assert (
        ctx.vault.open_json(
            customer.data_key, ctx.vault.seal_json(customer.data_key, "Анна", "name"), "name"
        )
        == "Анна"
    )
    events = await OutboxEvent.all()
    assert [event.payload for event in events] == [
        {"customer_id": customer.id, "source": customer.source}
    ]


async def test_a_later_link_does_not_change_where_the_person_came_from(
    database: str, ctx: Context
) -> None:
    await meet(ctx, in_telegram(ANNA), language="ru", source="billboard")
    again = await meet(ctx, in_telegram(ANNA), language="en", source="instagram")

    assert (again.language, again.source) == ("ru", "billboard")


async def test_the_first_block_counts_until_the_person_is_back(
    database: str, ctx: Context, clock: StoppedClock
) -> None:
    await meet(ctx, in_telegram(ANNA), language="ru")
    await block(ctx, in_telegram(ANNA))
    then = clock()
    clock.advance(hours=1)
    await block(ctx, in_telegram(ANNA))
    assert await blocked_at(await Customer.get()) == then

    await unblock(ctx, in_telegram(ANNA))
    assert await blocked_at(await Customer.get()) is None
