"""An upgrade counts what is still there of the time before, and what waits is counted after it."""

from datetime import date

import pytest

from backend.cards.pocket.wallet import remove_card
from backend.events import ProfileRefreshed
from backend.outbox.fan_out import fan_out
from backend.platform.context import Context
from backend.platform.database import connect, disconnect, rows
from backend.platform.migrate import migrate
from backend.reactions import Book
from backend.worker.facts import count_what_happened
from models.card import Card
from models.contact import Contact, ContactKind
from models.customer import Customer
from models.fact import Fact
from models.offer import Offer
from models.program import Program
from tests.analytics.counting import (
    announced,
    days_of,
    facts,
    shop_with_people,
    to_the_end,
)
from tests.support.applying import issued, someone

BEFORE = "0023_what_happened"


async def life_before(ctx: Context) -> None:
    """Three cards, one of them removed, of the version before; a fourth is announced and nothing
    has looked at it yet."""
    await shop_with_people(ctx, told=False)
    card = await Card.filter(customer_id=2).get()
    await remove_card(ctx, await Customer.get(id=2), card.id)
    await Contact.create(
        customer_id=1, kind=ContactKind.PHONE, sealed=b"", blind_index="i", created_at=ctx.clock(),
        verified_at=ctx.clock(),
    )  # fmt: skip
    await Customer.filter(id=3).update(deleted_at=ctx.clock())
    program = await Program.get()
    await rows(
        "INSERT INTO profile_refreshes (program_id, day, people) VALUES ($1, '2026-11-20', 5)",
        [program.id],
    )
    while await fan_out(ctx.clock(), Book({}).plan()):
        pass
    await issued(ctx, await someone(ctx, 4), [await Offer.get()])
    await announced(ctx, ProfileRefreshed(card.id, 2, program.id, ["surname"]))


@pytest.mark.slow
async def test_history_is_counted_once(blank_database_url: str, ctx: Context) -> None:
    await migrate(blank_database_url, last=BEFORE)
    await connect(blank_database_url)
    # What events are written with today.
    await rows("ALTER TABLE outbox_events ADD COLUMN counted BOOLEAN NOT NULL DEFAULT FALSE")
    await life_before(ctx)
    await rows("ALTER TABLE outbox_events DROP COLUMN counted")
    await disconnect()
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
        brand = (await Offer.get()).brand_id
        assert {each.brand_id for each in await Fact.exclude(account_id=0)} == {brand}
        await to_the_end(count_what_happened)
        told = await facts()
        assert told[("card_issued", "", "")] == told[("customer_joined", "", "")] == (4, 0)
        assert await days_of("profile_refreshed") == {date(2026, 11, 20): 4, ctx.clock().date(): 1}
        assert told[("consent_granted", "personal_data", "")] == (3, 0), "the chain ends there"
    finally:
        await disconnect()
