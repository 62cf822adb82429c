"""Nothing is lost, nothing comes twice: many writers, old cursors, attempts that come again."""

import asyncio
from datetime import timedelta

import pytest

from backend.changes import forget_changes as forgetting
from backend.changes.append import append
from backend.changes.draft import Draft
from backend.changes.feed_consents import feed_consents
from backend.changes.feed_events import feed_events
from backend.changes.forget_changes import forget_changes
from backend.changes.read_feed import read_feed
from backend.events.numbers import PoolRanLow
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.restored.ids import AHEAD, leap
from catalog.tenant import Scope
from models.account import Account
from models.account_change import AccountChange, AccountFeed, ChangeKind
from models.offer import Offer
from models.outbox import OutboxEvent
from models.refusal import Code, Refusal
from tests.changes.feeding import settle
from tests.support.clock import START, StoppedClock
from tests.support.database.plans import plan
from tests.support.factory.brands import make_account, shop
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone

pytestmark = pytest.mark.usefixtures("database")


def draft(ctx: Context, account: Account, origin: str) -> Draft:
    return Draft(account.id, ChangeKind.POOL_LOW, origin, ctx.clock(), {"program": origin})


async def write(*drafts: Draft) -> None:
    async with transaction():
        await append(drafts)


async def everything(account: Account, after: int | None = None, limit: int = 3) -> list[str]:
    """Origins, a page at a time."""
    found: list[str] = []
    while True:
        part = await read_feed(Scope.of([account.id]), account.id, after, limit)
        found += [each.origin for each in part.changes]
        after = part.after
        if not part.more:
            return found


async def test_readers_beside_many_writers(ctx: Context) -> None:
    """A reader that goes on from where it was meets every change once, in one order."""
    first, second = await make_account(), await make_account("vasilek")
    done = asyncio.Event()

    async def writer(number: int) -> None:
        for turn in range(5):
            accounts = (first, second) if number % 2 else (second, first)
            await write(*(draft(ctx, each, f"{number}:{turn}") for each in accounts))

    async def reader() -> list[str]:
        found: list[str] = []
        after: int | None = None
        while True:
            last = done.is_set()
            part = await read_feed(Scope.of([first.id]), first.id, after, 7)
            found += [each.origin for each in part.changes]
            after = part.after if part.changes or after is not None else None
            if last and not part.more:
                return found
            await asyncio.sleep(0)

    reading = [asyncio.create_task(reader()) for _ in range(2)]
    await asyncio.gather(*(writer(number) for number in range(8)))
    done.set()
    seen = [await each for each in reading]
    assert seen[0] == seen[1] == await everything(first)
    assert sorted(seen[0]) == sorted(f"{n}:{t}" for n in range(8) for t in range(5))
    numbers = await AccountChange.filter(account_id=second.id).order_by("seq").values_list("seq")
    assert [one for (one,) in numbers] == list(range(1, 41))


async def test_what_is_rolled_back_takes_no_number(ctx: Context) -> None:
    account = await make_account()

    async def broken() -> None:
        async with transaction():
            await append([draft(ctx, account, "a")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await broken()
    await write(draft(ctx, account, "b"))
    assert [(each.seq, each.origin) for each in await AccountChange.all()] == [(1, "b")]


async def test_events_are_told_once_by_many_at_once(ctx: Context) -> None:
    account, program, _ = await shop()
    for _ in range(3):
        await announce(ctx.clock(), PoolRanLow(program.id, account.id))
    await asyncio.gather(*(feed_events() for _ in range(4)))
    # As if the row had been found again: of one origin an account is told once.
    await OutboxEvent.all().update(fed=False)
    await feed_events()
    found = await AccountChange.filter(account_id=account.id).order_by("seq")
    ids = [each.id for each in await OutboxEvent.all().order_by("id")]
    assert [(each.seq, each.origin) for each in found] == [
        (seq, f"event:{event_id}") for seq, event_id in enumerate(ids, 1)
    ]


async def test_an_event_that_cannot_be_read_stops_no_other(ctx: Context) -> None:
    account, program, _ = await shop()
    await OutboxEvent.create(kind="PoolRanLow", payload={"program_id": 1}, at=ctx.clock())
    await OutboxEvent.create(kind="FromTheFuture", payload={}, at=ctx.clock())
    await announce(ctx.clock(), PoolRanLow(program.id, account.id))
    await feed_events()
    assert len(await everything(account)) == 1
    assert [each.kind for each in await OutboxEvent.filter(fed=False)] == ["FromTheFuture"]


async def test_consents_are_told_once_by_many_at_once(ctx: Context) -> None:
    account, _, brand = await shop()
    offer = await Offer.get(brand_id=brand.id)
    for number in (1, 2, 3):
        await issued(ctx, await someone(ctx, number), [offer])
    await settle(ctx)
    before = await everything(account)
    # As if a process had died before it wrote down how far it had come.
    await AccountFeed.filter(account_id=account.id).update(consents_seq=0)
    await asyncio.gather(*(feed_consents() for _ in range(3)))
    assert await everything(account) == before
    assert len(before) == len(set(before)) == 3 * 3


async def test_an_old_cursor_reads_the_same_again(ctx: Context) -> None:
    account = await make_account()
    await write(*(draft(ctx, account, f"{n}") for n in range(10)))
    once = await everything(account, after=4)
    await write(draft(ctx, account, "later"))
    assert await everything(account, after=4) == [*once, "later"]
    assert await everything(account, after=11) == []


async def test_what_has_gone_is_said(ctx: Context, clock: StoppedClock) -> None:
    account, other = await make_account(), await make_account("vasilek")
    await write(*(draft(ctx, account, f"old {n}") for n in range(5)), draft(ctx, other, "other"))
    clock.advance(days=10)
    await write(draft(ctx, account, "new"))
    assert [await forget_changes(clock() - timedelta(days=5)) for _ in range(3)] == [5, 1, 0]
    assert await everything(account) == await everything(account, after=5) == ["new"]
    for expired in (0, 4, 7):
        with pytest.raises(Refusal) as refusal:
            await everything(account, after=expired)
        assert refusal.value.code is Code.CURSOR_EXPIRED
    # Whoever reads a feed that is empty goes on from its end.
    part = await read_feed(Scope.of([other.id]), other.id, None, 9)
    assert (part.changes, part.after, part.more) == ([], 1, False)
    await write(draft(ctx, other, "next"))
    assert await everything(other, after=part.after) == ["next"]


async def test_whoever_forgets_begins_behind_what_has_gone() -> None:
    """Not at the beginning of an index in which the places of what has gone still stand."""
    for statement, values in (
        (forgetting._OLD, [START.isoformat()]),
        (forgetting._FIRST, [1, START.isoformat(), 5]),
        (forgetting._GO, [1, 2, 5]),
    ):
        taken = (await plan(statement, values)).replace(" ", "")
        assert "seq>" in taken, taken


async def test_an_account_reads_its_own(ctx: Context) -> None:
    account, other = await make_account(), await make_account("vasilek")
    await write(draft(ctx, account, "a"), draft(ctx, other, "b"))
    part = await read_feed(Scope.of([other.id]), account.id, None, 9)
    assert part.changes == []


async def test_after_a_backup_no_number_is_given_again(ctx: Context) -> None:
    account = await make_account()
    await write(draft(ctx, account, "a"))
    async with transaction():
        await leap(AHEAD)
    await write(draft(ctx, account, "b"))
    # Of the time that was lost somebody has read on to 40.
    assert await everything(account, after=40) == ["b"]
