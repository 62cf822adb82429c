"""What happened is counted once: again, side by side, and killed in between."""

import asyncio
import signal

import pytest

from backend.analytics.add import Counted, add_facts
from backend.analytics.count_consents import count_consents
from backend.analytics.count_deliveries import count_deliveries
from backend.analytics.count_events import count_events
from backend.events.cards import CardRemoved
from backend.events.numbers import PoolRanEmpty, PoolRanLow
from backend.events.people import ContactVerified, CustomerDeleted
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.worker.facts import count_what_happened
from models.card import Card
from models.fact import Fact, FactKind
from models.message import Delivery, DeliveryState
from models.outbox import OutboxDelivery, OutboxEvent
from tests.analytics.counting import (
    announced,
    days_of,
    facts,
    message,
    shop_with_people,
    to_the_end,
)
from tests.support.clock import StoppedClock
from tests.support.factory.customers import someone
from tests.support.machine.processes import start_python

pytestmark = pytest.mark.usefixtures("database")
BY_EVENTS = {
    ("card_issued", "", ""): (3, 0),
    ("customer_joined", "", ""): (3, 0),
}
BY_ROWS = {
    ("message_delivered", "promo", "telegram"): (3, 450),
    ("consent_granted", "personal_data", ""): (3, 0),
    ("consent_granted", "program_terms", ""): (3, 0),
    ("consent_granted", "advertising", "telegram"): (3, 0),
}


async def test_again_counts_nothing(ctx: Context) -> None:
    await shop_with_people(ctx)
    for _ in range(3):
        await count_what_happened()
        assert await facts() == BY_EVENTS | BY_ROWS
    assert await OutboxDelivery.all().count() == 0, "no row more for it"


async def test_two_at_once_lose_nothing_and_double_nothing(ctx: Context) -> None:
    await shop_with_people(ctx, people=8)
    await asyncio.gather(
        *(count_events() for _ in range(3)),
        *(count_deliveries() for _ in range(3)),
        *(count_consents() for _ in range(3)),
    )
    assert await facts() == {
        key: (8, kopecks // 3 * 8) for key, (_, kopecks) in (BY_EVENTS | BY_ROWS).items()
    }


async def test_many_add_to_one_row(ctx: Context) -> None:
    """In any order of keys: nobody waits in a ring."""
    keys = [
        Counted(1, brand, ctx.clock().date(), FactKind.CARD_ISSUED, source)
        for brand in range(3)
        for source in ("a", "b")
    ]

    async def add(turn: int) -> None:
        async with transaction():
            await add_facts((key, turn) for key in (keys[turn % 6 :] + keys[: turn % 6]))

    await asyncio.gather(*(add(turn) for turn in range(20)))
    assert await Fact.all().count() == 6
    assert {(fact.n, fact.kopecks) for fact in await Fact.all()} == {(20, sum(range(20)))}


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        "INSERT INTO facts",
        "FROM cards c LEFT JOIN",
        "FROM deliveries d JOIN messages",
        "UPDATE ledgers_read",
    ],
    ids=["between the two", "events half way", "messages half way", "consents half way"],
)
async def test_killed(database: str, ctx: Context, words: str) -> None:
    await shop_with_people(ctx)
    process = await start_python("tests.analytics.process_killed", database, words)
    _, err = await process.communicate()
    assert process.returncode == -signal.SIGKILL, err.decode()
    await count_what_happened()
    assert await facts() == BY_EVENTS | BY_ROWS
    await count_what_happened()
    assert await facts() == BY_EVENTS | BY_ROWS


async def test_what_events_leave_unsaid(ctx: Context) -> None:
    """The brand, the account and the label stand on the card, as long as there is one."""
    account = await shop_with_people(ctx, people=1)
    await Card.all().update(source="kiosk")
    card = await Card.get()
    await announced(
        ctx,
        CardRemoved(card.id, card.customer_id),
        CardRemoved(999, 1),
        ContactVerified(1, "phone"),
        CustomerDeleted(1, {}),
        PoolRanLow(1, account.id),
        PoolRanEmpty(1, account.id),
    )
    await to_the_end(count_events)
    assert await facts(account_id=account.id) == {
        ("card_issued", "kiosk", ""): (1, 0),
        ("card_removed", "kiosk", ""): (1, 0),
        ("pool_ran_low", "", ""): (1, 0),
        ("pool_ran_empty", "", ""): (1, 0),
    }
    assert await facts(account_id=0) == {
        ("customer_joined", "", ""): (1, 0),
        ("card_removed", "", ""): (1, 0),
        ("contact_verified", "", "phone"): (1, 0),
        ("customer_deleted", "", ""): (1, 0),
    }
    assert {fact.brand_id for fact in await Fact.filter(source="kiosk")} == {card.brand_id}


async def test_the_day_is_the_accounts(ctx: Context, clock: StoppedClock) -> None:
    """22:30 in London is tomorrow in Moscow, where the account is; nobody's day is UTC's."""
    clock.now = clock.now.replace(hour=22, minute=30)
    await shop_with_people(ctx, people=1)
    await count_what_happened()
    today = clock().date()
    tomorrow = today.replace(day=today.day + 1)
    assert await days_of("card_issued") == {tomorrow: 1}
    assert await days_of("message_delivered") == {tomorrow: 1}
    assert await days_of("customer_joined") == {today: 1}


async def test_messages_count_when_they_end(ctx: Context) -> None:
    anna = await someone(ctx, 1)
    waiting = await message(ctx, anna, None, DeliveryState.QUEUED, channel="sms")
    for state in (DeliveryState.SENDING, DeliveryState.FAILED, DeliveryState.IN_DOUBT):
        await message(ctx, anna, None, state, channel="sms")
    await count_deliveries()
    ended = {
        ("message_failed", "promo", "sms"): (1, 0),
        ("message_in_doubt", "promo", "sms"): (1, 0),
    }
    assert await facts(account_id=0) == ended
    await Delivery.filter(id=waiting.id).update(state=DeliveryState.DELIVERED, cost_kopecks=289)
    await to_the_end(count_deliveries)
    assert await facts(account_id=0) == ended | {("message_delivered", "promo", "sms"): (1, 289)}


async def test_one_unreadable_event_is_one_fact_less(ctx: Context) -> None:
    await shop_with_people(ctx, people=1)
    await OutboxEvent.filter(kind="CardIssued").update(payload={"origin": "made up"})
    await to_the_end(count_events)
    assert await facts() == {("customer_joined", "", ""): (1, 0)}
    assert not await OutboxEvent.filter(counted=False).exists()


async def test_facts_name_nobody(ctx: Context) -> None:
    names = set(Fact._meta.fields_map)
    assert names == {
        "id", "account_id", "brand_id", "day", "kind", "source", "channel", "n", "kopecks",
    }  # fmt: skip
