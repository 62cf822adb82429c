"""What the ledger does by itself: points end, tiers rise and fall, birthdays come."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from backend.customers.my_data.delete_data import delete_data
from backend.customers.person.profile import seal_profile
from backend.events.cards import CardIssued
from backend.ledger.accrue import accrue
from backend.ledger.birthday import due_birthday, give_birthdays
from backend.ledger.card import cards_by_id
from backend.ledger.expire import expire_lots
from backend.ledger.hold import hold
from backend.ledger.order import LedgerCard
from backend.ledger.release import release_over
from backend.ledger.reverse import reverse
from backend.ledger.settle_tier import later, settle_due
from backend.ledger.spend import spend
from backend.ledger.verify import sums
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.reactions import reactions
from backend.worker.cards import announce_of_cards
from catalog.ledger_rules import Birthday
from models.card import Card
from models.consent_document import ConsentPurpose
from models.consent_state import ConsentState
from models.customer import Customer
from models.ledger import PointLot, Posting, PostingKind
from models.outbox import OutboxEvent
from models.program import Program
from tests.ledger.conftest import GiveCard
from tests.support.clock import StoppedClock
from tests.support.database.counting import statements
from tests.support.outbox import run_due

TIERS = {
    "by": "accrued",
    "months": 12,
    "levels": [{"name": "Silver", "least": 10}, {"name": "Gold", "least": 100}],
}


async def assert_even() -> None:
    assert [each.wrong() async for each in sums()] == [[]]


async def react(ctx: Context) -> None:
    await run_due(ctx, reactions({}, ctx.clock))


async def row(card: LedgerCard) -> Card:
    return await Card.get(id=card.id)


async def test_points_end_the_oldest_first(
    ctx: Context, clock: StoppedClock, give_card: GiveCard
) -> None:
    anna = await give_card(lot_days=10)
    await accrue(ctx, anna, 300, "first", "")
    clock.advance(days=4)
    await accrue(ctx, anna, 500, "second", "")
    await spend(ctx, anna, 100, "out", "")
    clock.advance(days=6)
    assert [await expire_lots(ctx), await expire_lots(ctx)] == [1, 0]
    assert (await row(anna)).balance == Decimal(5)
    told = await OutboxEvent.filter(kind="PointsExpired").get()
    assert (told.payload["amount"], told.payload["balance"]) == (200, 500)
    await assert_even()


async def test_two_leaders_end_points_once(
    ctx: Context, clock: StoppedClock, give_card: GiveCard
) -> None:
    anna = await give_card(lot_days=1)
    await accrue(ctx, anna, 300, "in", "")
    clock.advance(days=1)
    await asyncio.gather(*(expire_lots(ctx) for _ in range(4)))
    assert await Posting.filter(kind=PostingKind.EXPIRE).count() == 1
    await assert_even()


async def test_what_comes_back_too_late_ends_again(
    ctx: Context, clock: StoppedClock, give_card: GiveCard
) -> None:
    anna = await give_card(lot_days=1, hold_minutes=3000)
    await accrue(ctx, anna, 300, "in", "")
    spent = await spend(ctx, anna, 100, "out", "")
    await hold(ctx, anna, 50, "order", "")
    clock.advance(days=1)
    await expire_lots(ctx)
    await reverse(ctx, anna, spent.id, 0, "back", "")
    await expire_lots(ctx)
    clock.advance(days=3)
    await release_over(ctx)
    await announce_of_cards(ctx)
    ended = await Posting.filter(kind=PostingKind.EXPIRE).order_by("id")
    assert [each.amount for each in ended] == [150, 100, 50]
    await assert_even()


async def test_a_tier_rises_at_once_and_falls_by_the_clock(
    ctx: Context, clock: StoppedClock, give_card: GiveCard
) -> None:
    anna = await give_card(tiers=TIERS)
    await accrue(ctx, anna, 2000, "in-1", "")
    await react(ctx)
    assert (await row(anna)).tier == "Silver"
    clock.advance(days=60)
    big = await accrue(ctx, anna, 9000, "in-2", "")
    await react(ctx)
    assert (await row(anna)).tier == "Gold"
    assert await settle_due(ctx) == 0
    clock.advance(days=306)
    assert [await settle_due(ctx), await settle_due(ctx)] == [1, 0]
    assert (await row(anna)).tier == "Silver"
    await reverse(ctx, anna, big.id, 8500, "back", "")
    await react(ctx)
    assert (await row(anna)).tier == ""
    told = await OutboxEvent.filter(kind="TierChanged").order_by("id")
    assert [(each.payload["before"], each.payload["after"]) for each in told] == [
        ("", "Silver"),
        ("Silver", "Gold"),
        ("Gold", "Silver"),
        ("Silver", ""),
    ]


async def test_a_tier_by_what_was_spent(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card(tiers=TIERS | {"by": "spent"})
    await accrue(ctx, anna, 50000, "in", "")
    await react(ctx)
    assert (await row(anna)).tier == ""
    await spend(ctx, anna, 10000, "out", "")
    await react(ctx)
    assert (await row(anna)).tier == "Gold"


async def issued(ctx: Context, card: LedgerCard, origin: str = "issued") -> None:
    event = CardIssued(
        card_id=card.id, customer_id=card.customer_id, program_id=card.program_id,
        account_id=card.account_id, brand_id=None, origin=origin,
    )  # fmt: skip
    async with transaction():
        await announce(ctx.clock(), event)
    await react(ctx)


async def test_a_new_card_begins_with_points(ctx: Context, give_card: GiveCard) -> None:
    """Issued again, it begins with nothing more; plastic that somebody brings is no new card."""
    anna = await give_card(welcome=200)
    await issued(ctx, anna, "duplicated")
    assert (await row(anna)).balance is None
    for _ in range(2):
        await issued(ctx, anna)
    assert (await row(anna)).balance == Decimal(200)
    await Program.all().update(ledger={"welcome": 300})
    await issued(ctx, anna)
    assert (await row(anna)).balance == Decimal(200)
    await delete_data(ctx, anna.customer_id)
    await issued(ctx, anna)
    await assert_even()


async def was_born(ctx: Context, card: LedgerCard, day: str) -> None:
    anna = await Customer.get(id=card.customer_id)
    anna.profile = seal_profile(ctx, anna, {"birth_date": day})
    await anna.save()


async def agreed(card: LedgerCard, at: datetime, *, granted: bool = True) -> None:
    about: dict[str, Any] = {"customer_id": card.customer_id, "subject_id": card.account_id}
    await ConsentState.update_or_create(
        purpose=ConsentPurpose.PERSONAL_DATA, **about,
        defaults={"granted": granted, "document_id": 1, "at": at},
    )  # fmt: skip


GIFT = {"points": 500, "days_before": 3, "days_after": 7}


async def test_a_birthday_comes_once_a_year(
    ctx: Context, clock: StoppedClock, give_card: GiveCard
) -> None:
    """The 21st of November; born on the 24th. The gift ends after the 1st of December."""
    anna = await give_card(birthday=GIFT)
    await was_born(ctx, anna, "1990-11-24")
    await agreed(anna, ctx.clock())
    assert [await give_birthdays(ctx), await give_birthdays(ctx)] == [1, 0]
    lot = await PointLot.all().get()
    assert lot.expires_at is not None
    assert lot.expires_at.isoformat() == "2026-12-01T21:00:00+00:00"
    clock.advance(days=1)
    assert await give_birthdays(ctx) == 0
    clock.advance(days=11)
    await expire_lots(ctx)
    assert (await row(anna)).balance == 0
    await was_born(ctx, anna, "1990-12-03")
    assert await give_birthdays(ctx) == 0, "whoever changes the day has had their gift"
    clock.advance(days=362)
    assert await give_birthdays(ctx) == 1
    await assert_even()


async def test_no_gift_without_consent_and_without_a_birthday(
    ctx: Context, give_card: GiveCard
) -> None:
    anna = await give_card(birthday=GIFT)
    await was_born(ctx, anna, "1990-11-21")
    await agreed(anna, ctx.clock(), granted=False)
    assert await give_birthdays(ctx) == 0
    await agreed(anna, ctx.clock())
    await Customer.filter(id=anna.customer_id).update(profile=b"broken")
    await Program.all().update(birthdays_on=None)
    assert await give_birthdays(ctx) == 0


@pytest.mark.parametrize(
    ("born", "today", "due"),
    [
        ("2000-02-29", "2026-02-25", "2026-02-28"),
        ("2000-02-29", "2028-02-26", "2028-02-29"),
        ("1990-01-02", "2026-12-30", "2027-01-02"),
        ("1990-12-30", "2027-01-06", "2026-12-30"),
        ("1990-12-30", "2027-01-07", None),
        ("1990-06-10", "2026-06-06", None),
    ],
)
def test_the_days_around_a_birthday(born: str, today: str, due: str | None) -> None:
    gift = Birthday(points=1, days_before=3, days_after=7)
    found = due_birthday(date.fromisoformat(born), gift, date.fromisoformat(today))
    assert found == (date.fromisoformat(due) if due else None)


def test_months_have_no_one_length() -> None:
    at = datetime(2026, 1, 31, 9, tzinfo=UTC)
    assert later(at, 1) == datetime(2026, 2, 28, 9, tzinfo=UTC)
    assert later(at, -11) == datetime(2025, 2, 28, 9, tzinfo=UTC)
    assert later(at, -12) == datetime(2025, 1, 31, 9, tzinfo=UTC)
    assert later(at, 12) - at == timedelta(days=365)


async def test_the_worker_does_it_in_rounds(
    ctx: Context, clock: StoppedClock, give_card: GiveCard
) -> None:
    anna = await give_card(lot_days=1, hold_minutes=10, birthday=GIFT, tiers=TIERS)
    await was_born(ctx, anna, "1990-11-23")
    await agreed(anna, ctx.clock())
    await accrue(ctx, anna, 30000, "in", "")
    await hold(ctx, anna, 10000, "order", "")
    clock.advance(days=1)
    assert not await announce_of_cards(ctx)
    kinds = [each.kind for each in await Posting.all().order_by("id")]
    assert kinds == [
        PostingKind.ACCRUE,
        PostingKind.HOLD,
        PostingKind.BIRTHDAY,
        PostingKind.RELEASE,
        PostingKind.EXPIRE,
    ]
    await assert_even()


@pytest.mark.usefixtures("database")
async def test_of_no_card_the_database_is_asked_nothing() -> None:
    async with statements() as told:
        assert await cards_by_id([]) == {}
    assert told == []
