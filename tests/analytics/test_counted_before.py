"""An upgrade counts what is still there of the time before, and what waits is counted after it."""

from datetime import date

import pytest

from backend.platform.database import connect, disconnect
from backend.platform.migrate import migrate
from backend.worker.facts import count_what_happened
from models.fact import Fact
from tests.analytics.counting import days_of, facts, to_the_end
from tests.support.database.filling import Database

BEFORE = "0023_what_happened"
NEVER, AT = "NULL", "'2026-11-21 09:00:00+00:00'"


async def life_before(database: Database) -> None:
    """Three cards, one of them removed, of the version before; a fourth is announced and nothing
    has looked at it yet."""
    for table in ("categories", "accounts", "programs", "brands", "consent_documents"):
        await database.add(table, 1, **OF.get(table, {}))
    for number, told in ((1, AT), (2, AT), (3, AT), (4, NEVER)):
        await person_with_card(database, number, told)
    await database.add("contacts", 1, kind="'phone'", verified_at=AT)
    await database.add("profile_refreshes", 1, day="'2026-11-20'", people="5")
    await database.add("outbox_events", 9, kind="'ProfileRefreshed'", payload=REFRESHED, at=AT)


OF = {
    "accounts": {"timezone": "'Europe/Moscow'"},
    "consent_documents": {"purpose": "'personal_data'"},
}
REFRESHED = """'{"card_id": 1, "customer_id": 2, "program_id": 1, "fields": ["surname"]}'"""
JOINED = """'{{"customer_id": {0}}}'"""
ISSUED = """'{{"card_id": {0}, "customer_id": {0}, "program_id": 1, "account_id": 1, "brand_id": 1,
    "origin": "issued", "shown": true}}'"""


async def person_with_card(database: Database, number: int, told: str) -> None:
    """The third one's data was deleted. `told`: when what they did was handed on."""
    gone = AT if number == 3 else NEVER
    await database.add("customers", number, source="''", created_at=AT, deleted_at=gone)
    await database.add(
        "cards", number, origin="'issued'", source="''", created_at=AT, program_id="1",
        brand_id="1", removed_at=AT if number == 2 else NEVER,
    )  # fmt: skip
    joined, issued = JOINED.format(number), ISSUED.format(number)
    events = {2 * number: ("'CustomerJoined'", joined), 2 * number + 10: ("'CardIssued'", issued)}
    for place, (kind, payload) in events.items():
        await database.add(
            "outbox_events", place, kind=kind, payload=payload, at=AT, fanned_out_at=told
        )
    if told == AT:
        await database.add(
            "consent_records", number, action="'granted'", brand_ids="'[1]'", channels="'[]'",
            at=AT, account_id="1", document_id="1",
        )  # fmt: skip
        await database.add("consent_links", number, account_id="1")


@pytest.mark.slow
@pytest.mark.sample("postgres")
async def test_history_is_counted_once(blank_database_url: str) -> None:
    await migrate(blank_database_url, last=BEFORE)
    await life_before(Database(blank_database_url))
    for _ in range(2):
        await migrate(blank_database_url)
    await connect(blank_database_url)
    try:
        assert await facts() == {
            ("card_issued", "", ""): (3, 0),
            ("card_removed", "", ""): (1, 0),
            ("customer_joined", "", ""): (3, 0),
            ("customer_deleted", "", ""): (1, 0),
            ("contact_verified", "", "phone"): (1, 0),
            ("profile_refreshed", "", ""): (4, 0),
        }
        assert {each.brand_id for each in await Fact.exclude(account_id=0)} == {1}
        await to_the_end(count_what_happened)
        told = await facts()
        assert told[("card_issued", "", "")] == told[("customer_joined", "", "")] == (4, 0)
        assert await days_of("profile_refreshed") == {date(2026, 11, 20): 4, date(2026, 11, 21): 1}
        assert told[("consent_granted", "personal_data", "")] == (3, 0), "the chain ends there"
    finally:
        await disconnect()
