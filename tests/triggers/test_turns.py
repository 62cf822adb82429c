"""What becomes of somebody's turn: told once, or not at all, and why."""

from datetime import timedelta
from typing import Any

import pytest

from backend.events.partners import ProductReturned
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.triggers import fire
from backend.triggers.cause import Cause
from backend.triggers.fire import fire_due
from backend.triggers.heard_order import OrderTold, heard_order
from backend.triggers.stock import Stock, product_returned, tell_stock
from backend.triggers.switch_trigger import switch_trigger
from backend.triggers.waits import put_waits
from backend.triggers.watch import product_named, watch_product
from catalog.tenant import Scope
from models.card import Card
from models.consent_state import ConsentState
from models.customer import Customer
from models.identity import Identity
from models.message import Message
from models.message_purpose import MessagePurpose
from models.trigger import Product, Trigger, TriggerEvent, TriggerWait, Watch
from tests.support.clock import StoppedClock
from tests.support.outbox import happened
from tests.triggers.given import a_member, a_shop, a_trigger, dropped, queued, react, told


async def put(ctx: Context, trigger: Trigger, *causes: Cause) -> int:
    async with transaction():
        return await put_waits(ctx.clock(), trigger, causes)


async def test_why_somebody_is_told_nothing(
    database: str, ctx: Context, clock: StoppedClock
) -> None:
    at = await a_shop()
    shape: dict[str, Any] = {"delay_minutes": 10, "most": 1, "most_days": 7}
    trigger = await a_trigger(ctx, at[2], TriggerEvent.PARTNER_EVENT, **shape)
    people = [await a_member(ctx, at) for _ in range(6)]
    ids = [who.customer.id for who, _ in people]
    causes = [
        Cause(who.customer.id, f"e{place}", clock(), card.id)
        for place, (who, card) in enumerate(people)
    ]
    assert await put(ctx, trigger, *causes) == 6
    assert await put(ctx, trigger, *causes) == 0
    # Again for the first, who has had enough with the first.
    assert await put(ctx, trigger, Cause(ids[0], "again", clock())) == 1
    await ConsentState.filter(customer_id=ids[1]).update(granted=False)
    await Identity.filter(customer_id=ids[2]).update(blocked_at=clock())
    await Card.filter(customer_id=ids[3]).update(removed_at=clock())
    await Customer.filter(id=ids[4]).update(deleted_at=clock())
    await react(ctx)
    assert await told() == []
    clock.advance(minutes=10)
    await react(ctx)
    await react(ctx)
    assert await told() == [(ids[0], trigger.key), (ids[5], trigger.key)]
    assert await dropped() == [
        "no consent", "no address", "no card", "the customer deleted their data", "capped"
    ]  # fmt: skip
    assert [(each.promo, each.due_at is not None) for each in await queued()] == [(True, True)] * 2
    # What is late by more than a week is stale.
    await put(ctx, trigger, Cause(ids[5], "old", clock() - timedelta(days=9)))
    await react(ctx)
    assert (await dropped())[-1] == "stale"


async def test_switched_off_nothing_is_told_also_of_what_is_queued(
    database: str, ctx: Context, clock: StoppedClock
) -> None:
    at = await a_shop()
    trigger = await a_trigger(ctx, at[2], TriggerEvent.PARTNER_EVENT)
    scope, (who, _) = Scope.of([at[0].id]), await a_member(ctx, at)
    await put(ctx, trigger, Cause(who.customer.id, "told", clock()))
    await react(ctx)
    await put(ctx, trigger, Cause(who.customer.id, "waits", clock()))
    for _ in range(2):
        await switch_trigger(ctx, scope, trigger.id, on=False)
    assert [(each.state, each.reason) for each in await queued()] == [("stopped", "cancelled")]
    assert await dropped() == ["cancelled"]
    # Whoever was just writing it down when it was switched off, and on again, is not told.
    await put(ctx, trigger, Cause(who.customer.id, "late", clock()))
    clock.advance(seconds=1)
    await switch_trigger(ctx, scope, trigger.id, on=True)
    await react(ctx)
    assert await dropped() == ["cancelled"] * 2
    assert await Message.all().count() == 1


async def test_a_status_that_comes_late_is_not_told(
    database: str, ctx: Context, clock: StoppedClock
) -> None:
    at = await a_shop()
    options = {"statuses": ["sent", "ready"]}
    shape: dict[str, Any] = {"options": options, "delay_minutes": 5}
    shape["purpose"] = MessagePurpose.TRANSACTION
    await a_trigger(ctx, at[2], TriggerEvent.ORDER_STATUS, **shape)
    (who, _), now = await a_member(ctx, at), clock()

    async def hear(status: str, minutes: int) -> int:
        when = now + timedelta(minutes=minutes)
        order = OrderTold(who.customer.id, "api", "17", status, when)
        return await heard_order(ctx, [at[2].id], order)

    heard = [("sent", 1), ("ready", 3), ("sent", 2), ("ready", 3)]
    assert [await hear(*each) for each in heard] == [1, 1, 0, 0]
    clock.advance(minutes=10)
    await react(ctx)
    assert [message.data["status"] for message in await Message.all()] == ["ready"]
    assert await dropped() == ["overtaken"]


async def test_what_is_gone_again_is_waited_for_on(
    database: str, ctx: Context, clock: StoppedClock
) -> None:
    at = await a_shop()
    _, _, brand = at
    await a_trigger(ctx, brand, TriggerEvent.BACK_IN_STOCK, delay_minutes=30)
    who, _ = await a_member(ctx, at)
    async with transaction():
        product = await product_named(brand, "tea", "Чай")
    await watch_product(ctx, who.customer.id, product)
    begun = clock()

    async def tell(*news: tuple[bool, int]) -> None:
        for there, minutes in news:
            stock = Stock("tea", "Чай", there, begun + timedelta(minutes=minutes))
            await tell_stock(ctx, brand, [stock])
            await react(ctx)

    # Back, gone, and an old word that it is back.
    await tell((True, 1), (False, 5), (True, 2))
    assert not (await Product.get()).in_stock
    clock.advance(hours=1)
    await react(ctx)
    assert await told() == []
    assert await Watch.all().count() == 1
    await tell((True, 61))
    # A reaction that runs once more writes nothing more.
    event = ProductReturned(product.id, brand.id, at[0].id)
    await product_returned(ctx, happened(event))
    clock.advance(hours=1)
    await react(ctx)
    assert len(await told()) == 1
    assert not await Watch.all().exists()


async def test_killed_between_the_turn_and_its_message_nobody_is_lost_or_told_twice(
    database: str, ctx: Context, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The crash is one between the statement that ends the wait and the one that writes the
    message: both are one transaction, so that neither is there."""
    at = await a_shop()
    trigger = await a_trigger(ctx, at[2], TriggerEvent.PARTNER_EVENT)
    who, _ = await a_member(ctx, at)
    await put(ctx, trigger, Cause(who.customer.id, "e", clock()))

    async def killed(*_given: object) -> list[dict[str, Any]]:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(fire, "_messages", killed)
        with pytest.raises(SystemExit):
            await fire_due(ctx, promo=True)
    assert (await TriggerWait.get()).state == "waiting"
    for _ in range(2):
        await fire_due(ctx, promo=True)
    assert len(await told()) == 1
    # Another process had the turn meanwhile: its message is the one.
    await TriggerWait.all().update(state="waiting")
    await fire_due(ctx, promo=True)
    assert len(await told()) == 1
