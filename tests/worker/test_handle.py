"""One reaction for Анна's card, ending in each of the ways that it can."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from backend.events.people import CustomerJoined
from backend.outbox import backlog
from backend.outbox.announce import announce
from backend.outbox.claim import Claimed, claim
from backend.outbox.fan_out import fan_out
from backend.outbox.happened import Happened
from backend.outbox.reaction import Reaction
from backend.platform.context import Context
from backend.platform.failures import GiveUp, NeedsSettings, TryLater
from backend.reactions import Book, reactions
from backend.worker.handle import handle
from backend.worker.settle import MOST_ATTEMPTS_OF_A_BUG
from models.outbox import OutboxDelivery
from tests.support.clock import StoppedClock


@pytest.fixture(autouse=True)
def on_both(database: str) -> None:
    """Every test here runs on SQLite and on PostgreSQL."""


class Greeting:
    """A reaction that ends as it is told, in order, and then well."""

    def __init__(self, *ends: Exception) -> None:
        self.ends = list(ends)
        self.runs = 0

    async def __call__(self, _ctx: Context, _happened: Happened[CustomerJoined]) -> None:
        self.runs += 1
        if self.ends:
            raise self.ends.pop(0)


def book(reaction: Callable[[Context, Any], Awaitable[None]]) -> Book:
    return Book({CustomerJoined: {"greet": Reaction(reaction)}})


async def attempt(ctx: Context, pages: Book) -> OutboxDelivery:
    """Everything that is due now, once."""
    await fan_out(ctx.clock(), pages.plan())
    for claimed in await claim(ctx.clock()):
        await handle(ctx, pages, [claimed])
    return await OutboxDelivery.get()


async def test_done(ctx: Context) -> None:
    await announce(ctx.clock(), CustomerJoined(1))
    greeting = Greeting()
    row = await attempt(ctx, book(greeting))
    assert (row.done_at, row.attempts) == (ctx.clock(), 1)
    await handle(ctx, book(greeting), [Claimed(row.id, 0)])
    await handle(ctx, book(greeting), [Claimed(row.id, 1)])
    assert greeting.runs == 1


async def test_later_honours_what_the_other_side_asked(ctx: Context, clock: StoppedClock) -> None:
    await announce(ctx.clock(), CustomerJoined(1))
    greeting = Greeting(TryLater("CDP is away", timedelta(minutes=10)))
    row = await attempt(ctx, book(greeting))
    assert row.available_at == clock() + timedelta(minutes=10)
    clock.advance(minutes=9)
    await attempt(ctx, book(greeting))
    clock.advance(minutes=1)
    row = await attempt(ctx, book(greeting))
    assert (row.done_at, row.attempts, row.error) == (clock(), 2, "")


async def test_given_up_is_not_tried_again(ctx: Context, clock: StoppedClock) -> None:
    await announce(ctx.clock(), CustomerJoined(1))
    greeting = Greeting(GiveUp("gone for good"))
    row = await attempt(ctx, book(greeting))
    assert (row.failed_at, row.error) == (clock(), "gone for good")
    clock.advance(days=2)
    await attempt(ctx, book(greeting))
    assert greeting.runs == 1


async def test_needs_settings_waits_for_the_operator(ctx: Context, clock: StoppedClock) -> None:
    await announce(ctx.clock(), CustomerJoined(1))
    greeting = Greeting(NeedsSettings("no SMTP host"))
    row = await attempt(ctx, book(greeting))
    assert row.error == "needs settings: no SMTP host"
    clock.advance(hours=1)
    assert await backlog.retry(clock()) == 1
    row = await attempt(ctx, book(greeting))
    assert row.done_at == clock()


async def test_a_bug_is_retried_a_few_times(ctx: Context, clock: StoppedClock) -> None:
    await announce(ctx.clock(), CustomerJoined(1))
    greeting = Greeting(*(KeyError("oops") for _ in range(50)))
    for _ in range(MOST_ATTEMPTS_OF_A_BUG + 3):
        row = await attempt(ctx, book(greeting))
        clock.advance(hours=2)
    assert greeting.runs == MOST_ATTEMPTS_OF_A_BUG
    assert row.failed_at is not None
    assert "bug: KeyError" in row.error


async def test_a_reaction_of_a_newer_version_waits(ctx: Context) -> None:
    await announce(ctx.clock(), CustomerJoined(1))
    await fan_out(ctx.clock(), {"CustomerJoined": {"frame": Reaction(Greeting())}})
    row = await attempt(ctx, book(Greeting()))
    row = await OutboxDelivery.get(reaction="frame")
    assert (row.done_at, row.failed_at) == (None, None)


async def test_one_failing_reaction_never_repeats_another(
    ctx: Context, clock: StoppedClock
) -> None:
    await announce(ctx.clock(), CustomerJoined(1))
    push, cdp = Greeting(), Greeting(*(TryLater("away") for _ in range(5)))
    pages = Book({CustomerJoined: {"push": Reaction(push), "tell_cdp": Reaction(cdp)}})
    for _ in range(6):
        await fan_out(ctx.clock(), pages.plan())
        await asyncio.gather(*(handle(ctx, pages, [one]) for one in await claim(clock())))
        clock.advance(hours=1)
    assert (push.runs, cdp.runs) == (1, 6)


def test_every_reaction_has_a_name_that_fits_its_column() -> None:
    for page in reactions({}).plan().values():
        assert all(0 < len(name) <= 64 for name in page)
