"""Many deliveries in one call, each with its own end."""

from typing import Any

import pytest

from backend.events.cards import CardIssued
from backend.outbox.claim import claim, grouped
from backend.outbox.fan_out import fan_out
from backend.outbox.reaction import BatchReaction
from backend.platform.context import Context
from backend.platform.failures import GiveUp, TryLater
from backend.reactions import Book
from backend.worker.handle import handle
from models.outbox import OutboxDelivery
from tests.outbox.cards import announce_cards, card
from tests.outbox.noting import Batches
from tests.support.clock import StoppedClock
from tests.support.database.counting import statements
from tests.support.outbox import run_due

pytestmark = pytest.mark.usefixtures("database")


def book(run: Any, upto: int = 100) -> Book:
    return Book({CardIssued: {"report": BatchReaction(run, upto=upto)}})


async def states() -> dict[int, tuple[bool, bool, int]]:
    """Card → done, given up, attempts."""
    return {
        row.event.payload["card_id"]: (
            row.done_at is not None,
            row.failed_at is not None,
            row.attempts,
        )
        for row in await OutboxDelivery.all().select_related("event")
    }


async def test_as_many_at_once_as_declared(ctx: Context) -> None:
    report = Batches()
    await announce_cards(ctx, *(card(n) for n in range(25)))
    await run_due(ctx, book(report, upto=10))
    assert [len(batch) for batch in report.seen] == [10, 10, 5]
    assert [n for batch in report.seen for n in batch] == list(range(25))


async def test_one_that_fails_repeats_no_other(ctx: Context, clock: StoppedClock) -> None:
    report = Batches({2: TryLater("not yet"), 4: GiveUp("never")})
    await announce_cards(ctx, *(card(n) for n in range(1, 6)))
    await run_due(ctx, book(report))
    clock.advance(hours=1)
    report.failing = {}
    await run_due(ctx, book(report))
    assert report.seen == [[1, 2, 3, 4, 5], [2]]
    done, given_up = (True, False), (False, True)
    assert await states() == {
        1: (*done, 1), 2: (*done, 2), 3: (*done, 1), 4: (*given_up, 1), 5: (*done, 1),
    }  # fmt: skip


async def test_an_outage_puts_off_all_and_they_come_back_together(
    ctx: Context, clock: StoppedClock
) -> None:
    seen: list[int] = []

    async def report(_ctx: Context, happened: Any) -> dict[int, Any]:
        seen.append(len(happened))
        if len(seen) == 1:
            raise TryLater("away")
        return {}

    await announce_cards(ctx, *(card(n) for n in range(20)))
    await run_due(ctx, book(report))
    clock.advance(hours=1)
    await run_due(ctx, book(report))
    assert seen == [20, 20]


async def test_a_mistake_over_one_costs_the_others_one_repetition(
    ctx: Context, clock: StoppedClock
) -> None:
    """Card 3 breaks whatever batch it is in: from then on each goes by itself."""
    seen: list[list[int]] = []

    async def report(_ctx: Context, happened: Any) -> dict[int, Any]:
        cards = [each.event.card_id for each in happened]
        seen.append(cards)
        if 3 in cards:
            raise KeyError("oops")
        return {}

    await announce_cards(ctx, *(card(n) for n in range(1, 6)))
    for _ in range(12):
        await run_due(ctx, book(report))
        clock.advance(hours=2)
    assert seen[0] == [1, 2, 3, 4, 5]
    assert sorted(seen[1:6]) == [[1], [2], [3], [4], [5]]
    assert seen[6:] == [[3]] * 6
    found = await states()
    assert found.pop(3) == (False, True, 8)
    assert set(found.values()) == {(True, False, 2)}


async def test_a_task_that_the_queue_brings_twice_runs_once(
    ctx: Context, clock: StoppedClock
) -> None:
    """Also where one of the batch was begun by another task meanwhile."""
    report = Batches()
    await announce_cards(ctx, *(card(n) for n in range(1, 4)))
    await fan_out(clock(), book(report).plan())
    [group] = grouped(await claim(clock()), book(report).most())
    await handle(ctx, book(report), group[:1])
    for _ in range(2):
        await handle(ctx, book(report), group)
    assert report.seen == [[1], [2, 3]]


async def test_a_batch_costs_a_handful_of_statements(ctx: Context, clock: StoppedClock) -> None:
    report = Batches()
    await announce_cards(ctx, *(card(n) for n in range(200)))
    await fan_out(clock(), book(report, upto=200).plan())
    [group] = grouped(await claim(clock()), book(report, upto=200).most())
    async with statements() as sent:
        await handle(ctx, book(report, upto=200), group)
    assert len(sent) == 3, "begun, read, done"
