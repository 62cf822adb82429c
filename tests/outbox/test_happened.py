"""What reactions learn of Анна's card beside the card itself."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.events.cards import CardIssued
from backend.outbox import backlog
from backend.outbox.reaction import Reaction
from backend.platform.context import Context
from backend.platform.database import rows
from backend.platform.failures import GiveUp, TryLater
from backend.platform.ids import new_uuid7
from backend.reactions import Book
from models.outbox import OutboxDelivery, OutboxEvent
from tests.outbox.cards import announce_cards, card
from tests.outbox.noting import Noting
from tests.support.clock import START, StoppedClock
from tests.support.outbox import run_due

pytestmark = pytest.mark.usefixtures("database")


def book(**reactions: Noting) -> Book:
    return Book({CardIssued: {name: Reaction(run) for name, run in reactions.items()}})


async def test_id_and_time_are_the_events_own(ctx: Context, clock: StoppedClock) -> None:
    """The same for both reactions and for every attempt; the delivery is each one's own."""
    await announce_cards(ctx, card(1))
    clock.advance(minutes=3)
    partner, greeting = Noting(TryLater("away"), TryLater("away")), Noting()
    for _ in range(3):
        await run_due(ctx, book(tell_partner=partner, greet=greeting))
        clock.advance(hours=1)
    assert [each.attempt for each in partner.seen] == [1, 2, 3]
    everything = partner.seen + greeting.seen
    [one] = {each.id for each in everything}
    assert (one.version, one.variant) == (7, new_uuid7(START).variant)
    assert UUID(str((await OutboxEvent.get()).uid)) == one
    assert {each.at for each in everything} == {START}
    assert len({each.delivery_id for each in partner.seen}) == 1
    assert partner.seen[0].delivery_id != greeting.seen[0].delivery_id


async def test_ids_sort_by_when_it_happened(ctx: Context, clock: StoppedClock) -> None:
    seen = Noting()
    for number in range(1, 6):
        await announce_cards(ctx, card(number))
        clock.advance(seconds=1)
    await run_due(ctx, book(tell=seen))
    assert [each.event.card_id for each in sorted(seen.seen, key=lambda each: each.id)] == [
        1, 2, 3, 4, 5,
    ]  # fmt: skip


def test_a_uuid7_carries_its_moment() -> None:
    made = [new_uuid7(START + timedelta(milliseconds=n)) for n in range(200)]
    assert made == sorted(made)
    assert {each.version for each in made} == {7}
    assert [each.int >> 80 for each in made] == [
        int(START.timestamp() * 1000) + n for n in range(200)
    ]


async def test_after_a_retry_attempts_count_anew(ctx: Context, clock: StoppedClock) -> None:
    """An operator's retry is worth as many attempts as the first time."""
    await announce_cards(ctx, card(1))
    partner = Noting(TryLater("away"), GiveUp("closed"), TryLater("away"))
    for _ in range(2):
        await run_due(ctx, book(tell=partner))
        clock.advance(hours=1)
    assert await backlog.retry(clock()) == 1
    for _ in range(2):
        await run_due(ctx, book(tell=partner))
        clock.advance(hours=1)
    assert [each.attempt for each in partner.seen] == [1, 2, 1, 2]
    row = await OutboxDelivery.get()
    assert (row.done_at is not None, row.attempts) == (True, 4)


async def test_a_row_that_cannot_be_read_holds_up_nothing(
    ctx: Context, clock: StoppedClock, caplog: Any
) -> None:
    """Борис's announcement is damaged: it alone is given up, after a few attempts."""
    seen = Noting()
    await announce_cards(ctx, card(1), card(2), card(3))
    await rows(
        "UPDATE outbox_events SET payload = $1 WHERE id = $2",
        ['{"card_id": 2}', (await OutboxEvent.all().order_by("id"))[1].id],
    )
    for _ in range(10):
        await run_due(ctx, book(tell=seen))
        clock.advance(hours=2)
    assert seen.cards == [1, 3]
    [left] = await OutboxDelivery.filter(done_at=None)
    assert left.failed_at is not None
    assert "bug: TypeError" in left.error
