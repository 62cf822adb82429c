"""Write down who shall have a campaign: a message each, and a delivery for who is not held out.

Those are sent to while others are still written down: what a batch has committed may leave. Nobody
who came, or said yes, after the campaign began is written down; docs/decisions/ tells why the rest
is read as it stands when their batch is.
"""

from collections.abc import Collection
from datetime import datetime

import orjson

from backend.campaigns.allot import allot, salt_of
from backend.campaigns.audience import Audience, Batch
from backend.campaigns.plan import Plan
from backend.platform.database import is_postgres, rows, transaction
from catalog.messaging_rules import messaging_rules_of_brand
from models.campaign import HELD_OUT, Campaign, CampaignState
from models.channel import CHANNEL_NAMES, ChannelName

BATCH = 2000

# The card, so that the message stands in its history. The lock on the campaign's row and
# `collected_up_to` make it once.
_MESSAGES = """
INSERT INTO messages (customer_id, brand_id, campaign_id, card_id, variant, purpose, kind, data,
    body, created_at)
SELECT g.customer_id, p.brand_id, p.id,
    (SELECT MIN(k.id) FROM cards k WHERE k.customer_id = g.customer_id
        AND k.program_id = b.program_id AND k.removed_at IS NULL),
    g.variant, p.purpose, 'campaign', {empty}, '', COALESCE(p.started_at, p.created_at)
FROM campaigns p JOIN brands b ON b.id = p.brand_id CROSS JOIN {given} WHERE p.id = $1
ORDER BY g.customer_id RETURNING id, customer_id
"""
_DELIVERIES = """
INSERT INTO deliveries (message_id, channel, promo, step, state, attempts, provider_id, reason,
    cost_kopecks, created_at, changed_at)
SELECT g.message_id, g.channel, p.purpose = 'promo', g.step, 'queued', 0, '', '', 0, $3, $3
FROM campaigns p CROSS JOIN {given} WHERE p.id = $1 ORDER BY g.message_id
"""
_GIVEN = {
    True: "json_to_recordset(CAST($2 AS JSON)) AS g({columns})",
    False: "(SELECT {values} FROM json_each($2)) AS g",
}


async def collect_campaign(campaign: Campaign, ways: Collection[str] = CHANNEL_NAMES) -> bool:
    """One batch of people in one transaction; False when that was the last one. A killed
    process goes on after the last batch that was committed. `ways`: the channels that are set up;
    while none of its own is, a campaign waits."""
    async with transaction():
        # of all: the campaign in hand
        held = await Campaign.filter(id=campaign.id).select_for_update().get()
        if held.state is CampaignState.COLLECTING:
            await _collect(held, ways)
    for name in ("collected_up_to", "recipients", "held_out", "state"):
        setattr(campaign, name, getattr(held, name))
    return held.state is CampaignState.COLLECTING


async def count_people(campaign: Campaign, now: datetime) -> int:
    """How many would be written down now; the campaign need not be saved."""
    return await Audience(campaign, Plan.read(campaign.plan), now).number()


async def _collect(held: Campaign, ways: Collection[str]) -> None:
    plan = Plan.read(held.plan)
    channels = [each for each in await channels_of(held, plan) if each in ways]
    if not channels:
        return
    audience = Audience(held, plan, held.started_at or held.created_at)
    batch = await audience.batch(held.collected_up_to, channels, BATCH)
    variants = {person: allot(plan, salt_of(held, plan), person) for person in batch.first}
    if batch.first:
        await _write(held, plan, batch, variants)
    left_out = sum(1 for variant in variants.values() if variant == HELD_OUT)
    held.recipients += len(variants) - left_out
    held.held_out += left_out
    if batch.up_to is None:
        held.collected_up_to = max(variants, default=held.collected_up_to)
        held.state = CampaignState.SENDING
    else:
        held.collected_up_to = batch.up_to
    await held.save(update_fields=["collected_up_to", "recipients", "held_out", "state"])


async def channels_of(campaign: Campaign, plan: Plan) -> tuple[str, ...]:
    """In the order in which they are tried."""
    if not plan.cheapest_first:
        return plan.channels
    rules = await messaging_rules_of_brand(campaign.brand_id)
    prices = {ChannelName.SMS: rules.sms_kopecks, ChannelName.EMAIL: rules.email_kopecks}
    return tuple(sorted(plan.channels, key=lambda channel: prices.get(ChannelName(channel), 0)))


async def _write(held: Campaign, plan: Plan, batch: Batch, variants: dict[int, int]) -> None:
    given = [{"customer_id": person, "variant": variants[person]} for person in batch.first]
    postgres = is_postgres()
    empty = "CAST('{}' AS JSONB)" if postgres else "'{}'"
    statement = _MESSAGES.format(
        empty=empty, given=_given("customer_id bigint", "variant smallint")
    )
    made = await rows(statement, [held.id, orjson.dumps(given).decode()])
    steps = {channel: step for step, channel in enumerate(plan.channels)}
    leaving = [
        {"message_id": row["id"], "channel": channel, "step": steps[channel]}
        for row in made
        if variants[row["customer_id"]] != HELD_OUT
        for channel in [batch.first[row["customer_id"]]]
    ]
    statement = _DELIVERIES.format(
        given=_given("message_id bigint", "channel varchar(16)", "step smallint")
    )
    moment = held.started_at or held.created_at
    await rows(statement, [held.id, orjson.dumps(leaving).decode(), moment])


def _given(*columns: str) -> str:
    """Rows of `$2`, as JSON."""
    names = [column.partition(" ")[0] for column in columns]
    values = ", ".join(f"json_extract(value, '$.{name}') AS {name}" for name in names)
    return _GIVEN[is_postgres()].format(columns=", ".join(columns), values=values)
