"""What one task of the queue carries: many deliveries, each with its own end, in few statements."""

import asyncio

import pytest

from backend.events.cards import CardIssued
from backend.outbox.claim import carried, claim
from backend.outbox.fan_out import fan_out
from backend.outbox.reaction import BatchReaction, Reaction
from backend.platform.context import Context
from backend.platform.failures import GiveUp, TryLater
from backend.reactions import Book
from backend.worker.crew import Crew
from models.outbox import OutboxDelivery
from tests.outbox.cards import announce_cards, card
from tests.outbox.noting import Batches, Held, Noting
from tests.support.clock import StoppedClock
from tests.support.database.counting import statements
from tests.support.outbox import run_tasks

pytestmark = pytest.mark.usefixtures("database")


async def ends(reaction: str) -> dict[int, tuple[str, int]]:
    """Card → how its delivery ended, and after how many attempts."""
    return {
        row.event.payload["card_id"]: (
            "done" if row.done_at else "failed" if row.failed_at else "waits",
            row.attempts,
        )
        for row in await OutboxDelivery.filter(reaction=reaction).select_related("event")
    }


async def test_each_of_a_task_has_its_own_end_and_only_what_failed_comes_again(
    ctx: Context, clock: StoppedClock
) -> None:
    one, many = Noting(TryLater("away"), GiveUp("no")), Batches({3: TryLater("not yet")})
    book = Book({CardIssued: {"one": Reaction(one), "many": BatchReaction(many, upto=4)}})
    await announce_cards(ctx, *(card(n) for n in range(1, 7)))
    await run_tasks(ctx, book)
    clock.advance(hours=1)
    many.failing = {}
    await run_tasks(ctx, book)
    assert sorted((await ends("one")).values()) == [("done", 1)] * 4 + [("done", 2), ("failed", 1)]
    assert await ends("many") == {n: ("done", 2 if n == 3 else 1) for n in range(1, 7)}
    assert many.seen == [[1, 2, 3, 4], [5, 6], [3]]
    assert len(one.seen) == 7


async def test_many_at_once_share_their_statements(ctx: Context) -> None:
    book = Book({CardIssued: {"one": Reaction(Noting())}})
    await announce_cards(ctx, *(card(n) for n in range(50)))
    await fan_out(ctx.clock(), book.plan())
    (task,) = carried(await claim(ctx.clock()))
    crew = Crew(ctx, book)
    async with statements() as sent:
        await crew.take(task)
        await crew.rest()
    assert len(sent) < 20, "three for each would be 150"
    assert await OutboxDelivery.filter(done_at=None).count() == 0


async def test_a_task_that_the_queue_brings_twice_at_once_runs_once(ctx: Context) -> None:
    """Both may be in the same statement."""
    one = Noting()
    book = Book({CardIssued: {"one": Reaction(one)}})
    await announce_cards(ctx, *(card(n) for n in range(20)))
    await fan_out(ctx.clock(), book.plan())
    (task,) = carried(await claim(ctx.clock()))
    crew = Crew(ctx, book)
    await asyncio.gather(crew.take(task), crew.take(task))
    await crew.rest()
    assert sorted(one.cards) == list(range(20))


async def test_a_slow_one_keeps_neither_the_others_nor_the_queue_waiting(ctx: Context) -> None:
    slow, quick = Held(), Noting()
    book = Book({CardIssued: {"quick": Reaction(quick), "slow": Reaction(slow)}})
    await announce_cards(ctx, card(1))
    await fan_out(ctx.clock(), book.plan())
    crew = Crew(ctx, book)
    (task,) = carried(await claim(ctx.clock()))
    await crew.take(task)
    await slow.begun.wait()
    async with asyncio.timeout(20):
        await _ended("quick")
    assert (await ends("slow"))[1] == ("waits", 1)
    slow.go_on.set()
    await crew.rest()
    assert (await ends("slow"))[1] == ("done", 1)


async def _ended(reaction: str) -> None:
    left = True
    while left:
        await asyncio.sleep(0)
        left = (await ends(reaction))[1] != ("done", 1)


async def test_of_one_key_in_order_though_tasks_carry_many(ctx: Context) -> None:
    tell = Noting()
    book = Book({CardIssued: {"tell": Reaction(tell, order=lambda e: f"of:{e.customer_id}")}})
    await announce_cards(ctx, *(card(n, owner=n % 3) for n in range(15)))
    await run_tasks(ctx, book)
    for owner in range(3):
        theirs = [n for n in tell.cards if n % 3 == owner]
        assert theirs == sorted(theirs)
    assert len(tell.cards) == 15


async def test_an_event_that_comes_while_its_key_runs_causes_another_run(ctx: Context) -> None:
    seal = Held()
    book = Book({CardIssued: {"seal": Reaction(seal, coalesce=lambda e: f"a:{e.account_id}")}})
    await announce_cards(ctx, card(1), card(2), card(3, account=5))
    crew = Crew(ctx, book)
    await fan_out(ctx.clock(), book.plan())
    (task,) = carried(await claim(ctx.clock()))
    await crew.take(task)
    await _begun(seal, 2)
    await announce_cards(ctx, card(4))
    await fan_out(ctx.clock(), book.plan())
    seal.go_on.set()
    await crew.rest()
    await run_tasks(ctx, book)
    assert sorted(seal.cards) == [2, 3, 4]
    assert await OutboxDelivery.filter(done_at=None).count() == 0


async def _begun(held: Held, runs: int) -> None:
    async with asyncio.timeout(20):
        while len(held.cards) < runs:
            await held.begun.wait()
            held.begun.clear()


async def test_after_a_stop_nothing_begins(ctx: Context) -> None:
    one = Noting()
    book = Book({CardIssued: {"one": Reaction(one)}})
    await announce_cards(ctx, card(1))
    await fan_out(ctx.clock(), book.plan())
    crew = Crew(ctx, book)
    await crew.stop()
    for task in carried(await claim(ctx.clock())):
        await crew.take(task)
    await crew.rest()
    assert one.seen == []
    assert (await OutboxDelivery.get()).attempts == 0
