"""Анна's card is announced; its reactions are made, claimed, tried, and cleared away."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from backend.events.cards import CardIssued
from backend.events.people import CustomerJoined
from backend.outbox import attempt, backlog
from backend.outbox.announce import announce
from backend.outbox.backoff import backoff
from backend.outbox.claim import Claimed, claim
from backend.outbox.fan_out import fan_out
from backend.outbox.happened import Happened
from backend.outbox.reaction import Plan, Reaction
from backend.outbox.tidy import tidy
from backend.platform.context import Context
from backend.platform.database import transaction
from models.outbox import OutboxDelivery, OutboxEvent
from tests.support.clock import StoppedClock

ANNA = CardIssued(
    card_id=1, customer_id=2, program_id=3, account_id=4, brand_id=None, origin="issued"
)


async def nothing(_ctx: Context, _happened: Happened[Any]) -> None:
    return


REACTIONS: Plan = {"CardIssued": {"welcome": Reaction(nothing), "tell_cdp": Reaction(nothing)}}


@pytest.fixture(autouse=True)
def on_both(database: str) -> None:
    """Every test here runs on SQLite and on PostgreSQL."""


async def announced(clock: StoppedClock) -> list[Claimed]:
    await announce(clock(), ANNA)
    await fan_out(clock(), REACTIONS)
    return await claim(clock())


async def test_an_event_of_a_failed_transaction_is_never_announced(clock: StoppedClock) -> None:
    async def broken() -> None:
        async with transaction():
            await announce(clock(), ANNA)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await broken()
    assert await OutboxEvent.all().count() == 0


async def test_each_reaction_gets_its_own_delivery_once(clock: StoppedClock) -> None:
    await announce(clock(), ANNA)
    done = await asyncio.gather(*(fan_out(clock(), REACTIONS) for _ in range(4)))
    assert sum(done) == 1
    names = await OutboxDelivery.all().values_list("reaction", flat=True)
    assert sorted(str(name) for name in names) == ["tell_cdp", "welcome"]
    assert await fan_out(clock(), REACTIONS) == 0


async def test_an_event_of_a_newer_version_waits_for_a_process_that_knows_it(
    clock: StoppedClock,
) -> None:
    await announce(clock(), CustomerJoined(2))
    assert await fan_out(clock(), REACTIONS) == 0
    assert await fan_out(clock(), {"CustomerJoined": {}}) == 1


async def test_two_relays_at_once_never_claim_the_same(clock: StoppedClock) -> None:
    for _ in range(30):
        await announce(clock(), ANNA)
    await fan_out(clock(), REACTIONS)
    claims = await asyncio.gather(*(claim(clock(), limit=20) for _ in range(6)))
    ids = [claimed.id for batch in claims for claimed in batch]
    assert len(ids) == len(set(ids)) == 60


async def test_what_the_queue_lost_is_claimed_again_after_the_lease(clock: StoppedClock) -> None:
    first = await announced(clock)
    assert await claim(clock()) == []
    clock.advance(seconds=31)
    assert await claim(clock()) == first


async def test_an_attempt_begins_once_however_often_the_queue_delivers_it(
    clock: StoppedClock,
) -> None:
    claimed = (await announced(clock))[0]
    begun = await asyncio.gather(*(attempt.begin(clock(), [claimed]) for _ in range(5)))
    [mine] = [one for batch in begun for one in batch]
    assert (mine.number, mine.kind, mine.payload["card_id"]) == (1, "CardIssued", 1)


async def test_a_process_that_hung_past_its_lease_changes_nothing(clock: StoppedClock) -> None:
    claimed = (await announced(clock))[0]
    [hung] = await attempt.begin(clock(), [claimed])
    clock.advance(seconds=31)
    [again] = await attempt.begin(clock(), [Claimed(claimed.id, 1)])
    await attempt.failed(clock(), hung, "too late")
    await attempt.later(clock(), hung, "too late")
    await attempt.done(clock(), [hung])
    row = await OutboxDelivery.get(id=claimed.id)
    assert (row.done_at, row.failed_at, row.dispatched_at) == (None, None, clock())
    await attempt.done(clock(), [again])
    assert (await OutboxDelivery.get(id=claimed.id)).done_at == clock()


async def test_later_is_due_later(clock: StoppedClock) -> None:
    claimed = (await announced(clock))[0]
    [mine] = await attempt.begin(clock(), [claimed])
    await attempt.later(clock() + timedelta(minutes=5), mine, "CDP is away")
    clock.advance(minutes=4)
    assert claimed.id not in [one.id for one in await claim(clock())]
    clock.advance(minutes=1)
    assert Claimed(claimed.id, 1) in await claim(clock())


async def test_an_operator_sees_what_failed_and_retries_it(clock: StoppedClock) -> None:
    claimed = (await announced(clock))[0]
    [mine] = await attempt.begin(clock(), [claimed])
    await attempt.failed(clock(), mine, "no SMTP host")
    [row] = await backlog.failures()
    assert (row["id"], row["kind"], row["error"]) == (claimed.id, "CardIssued", "no SMTP host")
    assert await backlog.counts() == {"waiting": 1, "failed": 1, "new": 0}
    assert await backlog.retry(clock(), [claimed.id + 1000]) == 0
    assert await backlog.retry(clock(), []) == 0
    assert await backlog.retry(clock()) == 1
    assert Claimed(claimed.id, 1) in await claim(clock())


async def test_what_was_done_long_ago_is_cleared_away(clock: StoppedClock) -> None:
    for claimed in await announced(clock):
        [mine] = await attempt.begin(clock(), [claimed])
        await attempt.done(clock(), [mine])
    await announced(clock)
    clock.advance(days=8)
    assert await tidy(clock() - timedelta(days=7)) == 1
    assert await tidy(clock() - timedelta(days=7)) == 0
    assert await OutboxEvent.all().count() == 1
    assert await OutboxDelivery.all().count() == 2


def test_backoff_grows_to_an_hour_and_honours_the_other_side(clock: StoppedClock) -> None:
    assert timedelta(seconds=1) <= backoff(1) <= timedelta(seconds=2)
    assert timedelta(minutes=30) <= backoff(500) <= timedelta(hours=1)
    assert backoff(1, timedelta(minutes=10)) == timedelta(minutes=10)
