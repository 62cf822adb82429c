"""A partner never hears the older after the newer: one at a time per person, as announced."""

import asyncio
from typing import Any

import pytest

from backend.events.cards import CardIssued
from backend.outbox import attempt, backlog
from backend.outbox.claim import claim
from backend.outbox.fan_out import fan_out
from backend.outbox.reaction import Reaction
from backend.platform.context import Context
from backend.platform.database import rows
from backend.platform.failures import GiveUp, NeedsSettings, TryLater
from backend.reactions import Book
from models.outbox import OutboxDelivery
from tests.outbox.cards import announce_cards, card
from tests.outbox.noting import Noting
from tests.support.clock import StoppedClock
from tests.support.outbox import run_due

pytestmark = pytest.mark.usefixtures("database")
ANNA, BORIS = 1, 2


def of_owner(event: CardIssued) -> str:
    return f"customer:{event.customer_id}"


def book(partner: Any) -> Book:
    return Book({CardIssued: {"tell_partner": Reaction(partner, order=of_owner)}})


async def test_the_next_is_claimed_when_the_one_before_is_done(
    ctx: Context, clock: StoppedClock
) -> None:
    """Анна's three one after the other, Борис's beside the first."""
    await announce_cards(ctx, *(card(n, owner=ANNA) for n in (1, 2, 3)), card(4, owner=BORIS))
    await fan_out(clock(), book(Noting()).plan())
    told = []
    for _ in range(3):
        begun = await attempt.begin(clock(), await claim(clock()))
        assert await claim(clock()) == []
        told.append(sorted(each.payload["card_id"] for each in begun))
        await attempt.done(clock(), begun)
    assert told == [[1, 4], [2], [3]]


async def test_one_that_is_tried_again_holds_back_its_own_alone(
    ctx: Context, clock: StoppedClock
) -> None:
    partner = Noting(TryLater("away"), TryLater("away"))
    await announce_cards(ctx, card(1, owner=ANNA), card(2, owner=ANNA), card(3, owner=BORIS))
    await run_due(ctx, book(partner))
    assert partner.cards == [1, 3], "Борис's waits for its own second attempt"
    await announce_cards(ctx, card(4, owner=ANNA), card(5, owner=BORIS))
    for _ in range(4):
        clock.advance(hours=1)
        await run_due(ctx, book(partner))
    for owner, theirs in ((ANNA, [1, 1, 2, 4]), (BORIS, [3, 3, 5])):
        assert [e.event.card_id for e in partner.seen if e.event.customer_id == owner] == theirs


async def test_whoever_is_given_up_lets_the_next_pass(ctx: Context, clock: StoppedClock) -> None:
    partner = Noting(GiveUp("unknown there"))
    await announce_cards(ctx, card(1, owner=ANNA), card(2, owner=ANNA))
    await run_due(ctx, book(partner))
    assert partner.cards == [1, 2]


async def test_an_operators_retry_brings_back_nothing_that_was_overtaken(
    ctx: Context, clock: StoppedClock
) -> None:
    """The key of the partner was wrong: Анна's first is overtaken by her second, Борис's is not."""
    wrong = NeedsSettings("no key")
    partner = Noting(wrong, wrong)
    await announce_cards(ctx, card(1, owner=ANNA), card(2, owner=BORIS))
    await run_due(ctx, book(partner))
    await announce_cards(ctx, card(3, owner=ANNA))
    await run_due(ctx, book(partner))
    assert await backlog.retry(clock()) == 1
    await run_due(ctx, book(partner))
    assert partner.cards == [1, 2, 3, 2]
    assert await OutboxDelivery.filter(failed_at__isnull=False).count() == 1


async def test_several_that_failed_come_back_in_order(ctx: Context, clock: StoppedClock) -> None:
    partner = Noting(*(NeedsSettings("no key") for _ in range(3)))
    await announce_cards(ctx, *(card(n, owner=ANNA) for n in (1, 2, 3)))
    await run_due(ctx, book(partner))
    assert await backlog.retry(clock()) == 3
    await run_due(ctx, book(partner))
    assert partner.cards == [1, 2, 3, 1, 2, 3]


async def test_killed_between_the_steps_the_order_stands(ctx: Context, clock: StoppedClock) -> None:
    """The first was begun and its process is gone: the second waits for the lease to end."""
    partner = Noting()
    await announce_cards(ctx, card(1, owner=ANNA), card(2, owner=ANNA))
    await fan_out(clock(), book(partner).plan())
    await attempt.begin(clock(), await claim(clock()))
    clock.advance(seconds=29)
    assert await run_due(ctx, book(partner)) == 0
    clock.advance(seconds=2)
    await run_due(ctx, book(partner))
    assert [(each.event.card_id, each.attempt) for each in partner.seen] == [(1, 2), (2, 1)]


async def test_relays_at_once_keep_the_order(ctx: Context, clock: StoppedClock) -> None:
    """Four processes fan out, claim and run: each person's own come in order."""
    partner = Noting()
    await announce_cards(ctx, *(card(n, owner=n % 5) for n in range(100)))
    await asyncio.gather(*(run_due(ctx, book(partner)) for _ in range(4)))
    await run_due(ctx, book(partner))
    assert sorted(partner.cards) == list(range(100))
    for owner in range(5):
        theirs = [e.event.card_id for e in partner.seen if e.event.customer_id == owner]
        assert theirs == sorted(theirs)


async def test_what_waits_behind_an_outage_is_not_looked_at_by_every_claim(
    ctx: Context, clock: StoppedClock
) -> None:
    partner = Noting(TryLater("away"))
    await announce_cards(ctx, *(card(n, owner=ANNA) for n in range(1, 51)))
    await run_due(ctx, book(partner))
    due = await rows(
        "SELECT count(*) AS n FROM outbox_deliveries WHERE done_at IS NULL AND available_at <= $1",
        [clock()],
    )
    assert due[0]["n"] == 0
