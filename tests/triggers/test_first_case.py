"""The triggers of a chain of shops, played as things happen: each tells one person one thing."""

from datetime import date

from backend.customers.person.profile import seal_profile
from backend.events.cards import CardIssued
from backend.events.event import Event
from backend.events.partners import SaleRecorded
from backend.events.points import TierChanged
from backend.geofences.fences import Fences
from backend.geofences.pass_by import pass_by
from backend.ledger.accrue import accrue
from backend.ledger.spend import spend
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.triggers.stock import Stock, tell_stock
from backend.triggers.watch import product_named, watch_product
from models.customer import Customer
from models.message_purpose import MessagePurpose
from models.trigger import TriggerEvent, Watch
from tests.support.clock import StoppedClock
from tests.support.factory.places import a_store
from tests.triggers.given import OPTIONS, a_member, a_shop, a_trigger, react, told


async def tell(ctx: Context, *events: Event) -> None:
    """What comes twice is one."""
    for event in (*events, *events):
        async with transaction():
            await announce(ctx.clock(), event)


async def test_the_triggers_of_the_first_case(
    database: str, ctx: Context, clock: StoppedClock
) -> None:
    at = await a_shop()
    account, program, brand = at
    for event in TriggerEvent:
        if event is not TriggerEvent.ORDER_STATUS:
            await a_trigger(ctx, brand, event, options=OPTIONS[event])
    for status in ("sent", "ready", "ending"):
        await a_trigger(
            ctx, brand, TriggerEvent.ORDER_STATUS, key=f"order-{status}",
            options={"statuses": [status]}, purpose=MessagePurpose.TRANSACTION,
        )  # fmt: skip
    (anna, card), (boris, his) = [await a_member(ctx, at) for _ in range(2)]
    who, seen = anna.customer.id, list[str]()
    ids = (card.id, who, program.id, account.id)

    async def tells(*keys: str) -> None:
        """These next, and nobody else anything."""
        await react(ctx)
        await react(ctx)
        seen.extend(keys)
        assert await told() == [(who, key) for key in seen]

    # An order: on its way, waiting to be picked up, not for long any more, picked up.
    for status in ("sent", "ready", "ending", "done"):
        await tell(ctx, SaleRecorded(*ids, "retailcrm", "1017", status))
        await tells(*() if status == "done" else (f"order-{status}",))
        clock.advance(hours=3)
    # What is gone, asked for and back.
    async with transaction():
        boots = await product_named(brand, "boots-38", "Ботинки, 38")
    await watch_product(ctx, who, boots)
    for _ in range(2):
        await tell_stock(ctx, brand, [Stock("boots-38", "Ботинки, 38", True, ctx.clock())])
    await tells("back-in-stock")
    assert not await Watch.all().exists()
    # More than 600 points, and again after it was less.
    await accrue(ctx, card, 60_100, "one", "")
    await tells("balance-above")
    await accrue(ctx, card, 100, "two", "")
    await spend(ctx, card, 1_000, "out", "")
    await tells()
    await accrue(ctx, card, 2_000, "three", "")
    await tells("balance-above")
    # By the mall, for an hour.
    await a_store(brand, 55.7558, 37.6173)
    for _ in range(12):
        near = await Fences().near(ctx.clock(), 55.7560, 37.6180)
        await pass_by(ctx, who, near)
        await pass_by(ctx, boris.customer.id, await Fences().near(ctx.clock(), 55.76, 37.63))
        clock.advance(minutes=5)
    await tells("near-store")
    await tell(ctx, TierChanged(*ids, "", "Gold"))
    await tells("tier-changed")
    # A card that lies about: his was used, hers was too; a new one is not.
    for one in (card, his):
        new = CardIssued(one.id, one.customer_id, program.id, account.id, brand.id, "issued")
        await tell(ctx, new)
    await tells()
    clock.advance(days=15)
    await react(ctx)
    assert (await told())[len(seen) :] == [(boris.customer.id, "card-unused")]
    await Customer.filter(id=boris.customer.id).update(deleted_at=ctx.clock())
    seen.clear()
    before = len(await told())
    # A birthday, and points that end.
    born = date(1990, 12, 24)
    anna.customer.profile = seal_profile(ctx, anna.customer, {"birth_date": born.isoformat()})
    await anna.customer.save()
    clock.now = clock.now.replace(month=12, day=24)
    await react(ctx)
    clock.advance(days=330)
    await react(ctx)
    assert (await told())[before:] == [(who, "birthday"), (who, "points-expiring")]
