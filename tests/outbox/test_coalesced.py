"""One run for all that waits under a key, and one more for what came while it was running."""

import asyncio
from typing import Any

import pytest

from backend.events.cards import CardIssued
from backend.outbox import attempt, backlog
from backend.outbox.claim import claim
from backend.outbox.fan_out import fan_out
from backend.outbox.reaction import Reaction
from backend.platform.context import Context
from backend.platform.failures import GiveUp, TryLater
from backend.reactions import Book
from backend.worker.handle import handle
from models.outbox import OutboxDelivery, OutboxEvent
from tests.outbox.cards import announce_cards, card
from tests.outbox.noting import Held, Noting
from tests.support.clock import StoppedClock
from tests.support.outbox import run_due

pytestmark = pytest.mark.usefixtures("database")


def of_account(event: CardIssued) -> str:
    return f"account:{event.account_id}"


def book(seal: Any) -> Book:
    return Book({CardIssued: {"seal": Reaction(seal, coalesce=of_account)}})


async def pending() -> int:
    return await OutboxDelivery.filter(done_at=None, failed_at=None).count()


async def test_one_row_per_key_however_many_events(ctx: Context) -> None:
    """Two accounts, five hundred cards, in batches and at once from four relays."""
    seal = Noting()
    cards = [card(n, account=n % 2) for n in range(500)]
    await announce_cards(ctx, *cards)
    while any(await asyncio.gather(*(fan_out(ctx.clock(), book(seal).plan()) for _ in range(4)))):
        continue
    assert await OutboxDelivery.all().count() == 2
    await run_due(ctx, book(seal))
    assert sorted(seal.cards) == [498, 499], "the newest of each"
    assert await pending() == 0
    await announce_cards(ctx, card(900, account=1))
    await run_due(ctx, book(seal))
    assert seal.cards[2:] == [900]


async def test_what_comes_while_it_runs_runs_again(ctx: Context, clock: StoppedClock) -> None:
    seal = Held()
    await announce_cards(ctx, card(1))
    await fan_out(clock(), book(seal).plan())
    first = asyncio.create_task(handle(ctx, book(seal), await claim(clock())))
    await seal.begun.wait()
    await announce_cards(ctx, card(2), card(3))
    await fan_out(clock(), book(seal).plan())
    assert await OutboxDelivery.all().count() == 1
    assert await claim(clock()) == [], "one run at a time"
    seal.go_on.set()
    await first
    assert await pending() == 1
    assert await run_due(ctx, book(seal)) == 1
    assert seal.cards == [1, 3]
    assert [each.attempt for each in seal.seen] == [1, 1]
    assert await pending() == 0


async def test_nothing_is_missed_however_the_two_interleave(ctx: Context) -> None:
    """Runs and announcements race for a while: after the last event there was a run that began
    when it was there already."""
    seen: list[int] = []

    async def seal(_ctx: Context, _happened: Any) -> None:
        seen.append(max([event.payload["card_id"] for event in await OutboxEvent.all()]))
        await asyncio.sleep(0)

    async def announcing() -> None:
        for number in range(1, 41):
            await announce_cards(ctx, card(number))
            await fan_out(ctx.clock(), book(seal).plan())

    async def running() -> None:
        for _ in range(60):
            for each in await claim(ctx.clock()):
                await handle(ctx, book(seal), [each])
            await asyncio.sleep(0)

    await asyncio.gather(announcing(), running(), running())
    await run_due(ctx, book(seal))
    assert seen[-1] == 40
    assert await pending() == 0
    assert await OutboxDelivery.filter(failed_at__isnull=False).count() == 0


async def test_the_end_of_a_run_and_a_new_event_at_once(ctx: Context, clock: StoppedClock) -> None:
    """Whichever commits first, the event has a run that began after it."""
    for number in range(1, 30, 2):
        seal = Noting()
        await announce_cards(ctx, card(number))
        await fan_out(clock(), book(seal).plan())
        mine = await attempt.begin(clock(), await claim(clock()))
        await announce_cards(ctx, card(number + 1))
        over, _ = await asyncio.gather(
            attempt.done(clock(), mine), fan_out(clock(), book(seal).plan())
        )
        assert await pending() == 1
        await run_due(ctx, book(seal))
        assert seal.cards == [number + 1], f"over: {over}"
        assert await pending() == 0


async def test_one_that_waits_to_be_tried_again_takes_in_what_comes(
    ctx: Context, clock: StoppedClock
) -> None:
    """An outage leaves one row, and newer events do not make it come sooner."""
    seal = Noting(TryLater("away"), TryLater("away"))
    await announce_cards(ctx, card(1))
    await run_due(ctx, book(seal))
    for number in (2, 3):
        await announce_cards(ctx, card(number))
        await run_due(ctx, book(seal))
    assert (seal.cards, await pending()) == ([1], 1)
    for _ in range(2):
        clock.advance(hours=1)
        await run_due(ctx, book(seal))
    assert seal.cards == [1, 3, 3]
    assert [each.attempt for each in seal.seen] == [1, 2, 3]


async def test_many_runs_do_not_use_up_the_patience_for_an_outage(
    ctx: Context, clock: StoppedClock
) -> None:
    seal = Noting()
    await announce_cards(ctx, card(0))
    await fan_out(clock(), book(seal).plan())
    for number in range(1, 120):
        mine = await attempt.begin(clock(), await claim(clock()))
        await announce_cards(ctx, card(number))
        await fan_out(clock(), book(seal).plan())
        assert await attempt.done(clock(), mine) == set()
    seal.ends.append(TryLater("away"))
    await run_due(ctx, book(seal))
    assert (await OutboxDelivery.get()).failed_at is None
    clock.advance(hours=1)
    await run_due(ctx, book(seal))
    assert await pending() == 0


async def test_a_key_that_was_given_up_is_free_for_the_next_event(
    ctx: Context, clock: StoppedClock
) -> None:
    """And both may be retried afterwards."""
    seal = Noting(GiveUp("no"), GiveUp("no"))
    for number in (1, 2):
        await announce_cards(ctx, card(number))
        await run_due(ctx, book(seal))
    assert await OutboxDelivery.filter(failed_at__isnull=False).count() == 2
    assert await backlog.retry(clock()) == 2
    await announce_cards(ctx, card(3))
    await run_due(ctx, book(seal))
    assert sorted(seal.cards) == [1, 1, 2, 2, 3]
    assert await pending() == 0


async def test_a_process_that_hung_past_its_lease_does_not_end_the_newer_run(
    ctx: Context, clock: StoppedClock
) -> None:
    await announce_cards(ctx, card(1))
    await fan_out(clock(), book(Noting()).plan())
    hung = await attempt.begin(clock(), await claim(clock()))
    clock.advance(seconds=31)
    again = await attempt.begin(clock(), await claim(clock()))
    await attempt.done(clock(), hung)
    row = await OutboxDelivery.get()
    assert (row.done_at, row.dispatched_at) == (None, clock())
    assert await attempt.done(clock(), again)
    assert (await OutboxDelivery.get()).done_at == clock()
