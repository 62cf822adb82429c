"""Deliveries queued by the version before, in a database that is brought up to date."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest

from backend.events.cards import CardIssued
from backend.events.people import ContactRefused
from backend.outbox import backlog
from backend.outbox.reaction import Reaction
from backend.platform.context import Context
from backend.platform.database import connect, disconnect
from backend.platform.migrate import migrate
from backend.reactions import Book, reactions
from models.outbox import OutboxDelivery
from tests.outbox.cards import announce_cards, card
from tests.outbox.noting import Noting
from tests.support.clock import START, StoppedClock
from tests.support.database.filling import Database
from tests.support.outbox import run_due

AT = START.isoformat(sep=" ")
CARD = (
    '{"card_id": %d, "customer_id": 2, "program_id": 3, "account_id": 4, "brand_id": null,'
    ' "origin": "issued", "shown": false}'
)
REFUSED = '{"customer_id": 2, "kind": "email", "verification_id": %d, "reason": "recipient"}'
# Id, kind, payload, whether it was fanned out.
EVENTS = (
    (1, "CardIssued", CARD % 1, True),
    (2, "CardIssued", CARD % 2, True),
    (3, "ContactRefused", REFUSED % 7, True),
    (4, "CardIssued", CARD % 3, False),
    (5, "CardIssued", CARD % 4, True),
)
# Id, event, reaction, attempts, how it stands.
DELIVERIES = (
    (1, 1, "seal", 0, "waits"),
    (2, 1, "welcome", 3, "waits"),
    (3, 2, "seal", 1, "dispatched_at"),
    (4, 2, "archive_external", 0, "waits"),
    (5, 3, "tell", 2, "failed_at"),
    (6, 5, "seal", 1, "done_at"),
)


@pytest.fixture
async def old(blank_database_url: str) -> AsyncIterator[str]:
    await migrate(blank_database_url, last="0021_ids_only")
    database = Database(blank_database_url)
    await database.ask([*_events(), *_deliveries(), "SELECT 1"])
    if not database.lite:
        tables = ("outbox_events", "outbox_deliveries")
        await database.ask([f"SELECT setval('{table}_id_seq', 100)" for table in tables])
    assert await migrate(blank_database_url)
    await connect(blank_database_url)
    yield blank_database_url
    await disconnect()


def _events() -> list[str]:
    return [
        "INSERT INTO outbox_events (id, kind, payload, at, fanned_out_at) VALUES"
        f" ({event_id}, '{kind}', '{payload}', '{AT}', {repr(AT) if fanned_out else 'NULL'})"
        for event_id, kind, payload, fanned_out in EVENTS
    ]


def _deliveries() -> list[str]:
    return [
        "INSERT INTO outbox_deliveries (id, event_id, reaction, attempts, available_at, error"
        f"{'' if state == 'waits' else ', ' + state}) VALUES ({number}, {event_id}, '{reaction}',"
        f" {attempts}, '{AT}', ''{'' if state == 'waits' else ', ' + repr(AT)})"
        for number, event_id, reaction, attempts, state in DELIVERIES
    ]


def noting(book: Book, seen: Noting) -> Book:
    """The same names and rules, but that every run is written down."""
    pages: dict[Any, Any] = {
        event: {
            name: Reaction(seen, coalesce=rules.coalesce, order=rules.order)
            for name, rules in page.items()
        }
        for event, page in book.pages.items()
    }
    return Book(pages)


@pytest.mark.slow
@pytest.mark.sample("sqlite")
async def test_all_that_waited_is_delivered(old: str, ctx: Context, clock: StoppedClock) -> None:
    """Also what a process that was killed had begun, and what an operator retries now."""
    await _ids_are_well_formed(old)
    seen = Noting()
    book = noting(reactions({}), seen)
    clock.advance(minutes=1)
    await announce_cards(ctx, card(9))
    await run_due(ctx, book)
    told = [
        (each.delivery_id, each.attempt) for each in seen.seen if isinstance(each.event, CardIssued)
    ]
    assert sorted(told)[:4] == [(1, 1), (2, 4), (3, 2), (4, 1)]
    assert await backlog.retry(clock()) == 1
    await run_due(ctx, book)
    assert seen.seen[-1].event == ContactRefused(2, "email", 7, "recipient")
    assert seen.seen[-1].attempt == 1
    assert {each.id.version for each in seen.seen} == {7}
    assert {each.id.int >> 80 for each in seen.seen if each.at == START} == {
        int(START.timestamp() * 1000)
    }
    assert len({each.id for each in seen.seen}) == 5, "each event has one, whatever the reaction"
    assert await OutboxDelivery.filter(done_at=None).count() == 0


async def _ids_are_well_formed(old: str) -> None:
    found = await Database(old).ask(["SELECT id, uid FROM outbox_events ORDER BY id"])
    made = {row["id"]: UUID(str(row["uid"])) for row in found if row["uid"] is not None}
    assert made.keys() == {1, 2, 3}
    assert {each.variant for each in made.values()} == {UUID(int=0x8 << 60).variant}
    assert [str(each) for each in made.values()] == [
        row["uid"] if isinstance(row["uid"], str) else str(row["uid"])
        for row in found
        if row["uid"] is not None
    ]
