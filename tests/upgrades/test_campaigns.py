"""What was called a push is a campaign: its rows, what refers to them and its names in the
database, and whatever an older version wrote down about one is found."""

import pytest
from tortoise.exceptions import IntegrityError

from backend.platform.context import Context
from backend.platform.database import connect, disconnect
from backend.platform.migrate import migrate
from backend.platform.watch.audit import Wanted, trail
from models.audit_entry import Verb
from models.campaign import Campaign, CampaignState
from models.city import City
from models.message import Delivery, DeliveryState
from tests.support.database.filling import Database

_CAMPAIGN = """
INSERT INTO pushes (id, brand_id, text, advertiser, inn, erid, once, state, collected_up_to,
    recipients, created_at, city_id)
SELECT 100, min(id), 'Кофе {15 %} дешевле', 'ООО Ромашка', '7707083893', '', 'autumn', 'sending',
    7, 1,
    '2026-01-01 10:00:00+00:00', (SELECT min(id) FROM cities)
FROM brands
"""
_MESSAGE = """
INSERT INTO messages (id, once, customer_id, push_id, purpose, kind, data, body, created_at)
SELECT 100, 'push:100:7', min(id), 100, 'promo', 'promo-push', '{}', '',
    '2026-01-01 10:00:00+00:00'
FROM customers
"""
_DELIVERY = """
INSERT INTO deliveries (id, message_id, channel, state, attempts, provider_id, reason, cost_kopecks,
    created_at, changed_at)
VALUES (100, 100, 'telegram', 'queued', 0, '', '', 0, '2026-01-01 10:00:00+00:00',
    '2026-01-01 10:00:00+00:00')
"""
_ENTRY = """
INSERT INTO audit_entries (id, at, actor_kind, door, verb, subject_kind, subject_id)
VALUES (100, '2026-01-01 10:00:00+00:00', 'operator', 'cli', 'start_push', 'push', 100)
"""
_NAMES = {
    True: "SELECT name FROM sqlite_master UNION SELECT sql FROM sqlite_master",
    False: """SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION SELECT attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'""",
}


async def upgraded(url: str) -> Database:
    database = Database(url)
    await migrate(url, last="0027_announced_by_the_clock")
    await database.fill(1)
    last = [] if database.lite else ["SELECT setval('pushes_id_seq', 100)"]
    await database.ask([_CAMPAIGN, _MESSAGE, _DELIVERY, _ENTRY, *last, "SELECT 1"])
    before, pointing = await database.counts(), await database.targets()
    for _ in range(2):
        await migrate(url)
    after, now = await database.counts(), await database.targets()
    same = {name.replace("pushes", "campaigns"): held for name, held in before.items()}
    # Later versions add tables, empty ones but for a feed per account.
    assert after.pop("account_feeds") == after["accounts"]
    assert {name: held for name, held in after.items() if held or name in same} == same
    pointed = {
        (table.replace("pushes", "campaigns"), column.replace("push_id", "campaign_id")):
        target.replace("pushes", "campaigns")
        for (table, column), target in pointing.items()
    }  # fmt: skip
    del pointed["campaigns", "city_id"]
    assert pointed.items() <= now.items()
    return database


@pytest.mark.slow
@pytest.mark.sample("postgres")
async def test_what_was_a_push_is_a_campaign(ctx: Context, blank_database_url: str) -> None:
    database = await upgraded(blank_database_url)
    names = {str(row["name"]) for row in await database.ask([_NAMES[database.lite]])}
    assert not {name for name in names if "push" in name}
    assert "campaigns_once" in names
    await connect(blank_database_url)
    try:
        await it_keeps_its_people_and_its_key(ctx)
        await the_trail_tells_of_it_under_the_name_of_today()
    finally:
        await disconnect()


async def it_keeps_its_people_and_its_key(ctx: Context) -> None:
    campaign = await Campaign.get(once="autumn")
    assert (campaign.id, campaign.state, campaign.collected_up_to) == (
        100, CampaignState.SENDING, 7,
    )  # fmt: skip
    city = await City.all().order_by("id").first()
    assert city is not None
    (variant,) = campaign.plan["variants"]
    assert variant["content"]["ru"] == {"text": "Кофе {{15 %}} дешевле"}
    assert campaign.plan["audience"] == {"all": [{"field": "city", "in": [city.key]}]}
    waiting = await Delivery.get(message__campaign_id=campaign.id)
    assert (waiting.id, waiting.state) == (100, DeliveryState.QUEUED)
    fresh = Campaign(brand_id=campaign.brand_id, advertiser="a", inn="1", created_at=ctx.clock())
    await fresh.save()
    assert fresh.id == 101, "no id is given twice"
    fresh.once = campaign.once
    with pytest.raises(IntegrityError):
        await fresh.save()


async def the_trail_tells_of_it_under_the_name_of_today() -> None:
    for wanted in (Wanted(verb=Verb.START_CAMPAIGN), Wanted(subject="campaign")):
        assert [entry.id for entry in await trail(wanted, 100)] == [100]
    assert await trail(Wanted(subject="campaign", subject_id=101), 100) == []
