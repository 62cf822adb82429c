"""Write down who shall have a campaign: a message and a queued delivery each."""

from typing import Any

import orjson

from backend.messaging.action import Action, ActionKind
from backend.platform.database import is_postgres, rows, transaction
from models.campaign import Campaign, CampaignState
from models.channel import ChannelName

BATCH = 1000
CHANNEL = ChannelName.TELEGRAM.value

_ALLOWED = """
FROM consent_states s JOIN customers c ON c.id = s.customer_id
JOIN identities i ON i.customer_id = c.id AND i.door = s.channel
WHERE s.purpose = 'advertising' AND s.subject_id = $1 AND s.channel = $2 AND s.granted
    AND s.customer_id > $3 AND i.reachable_since IS NOT NULL AND i.blocked_at IS NULL
    AND c.deleted_at IS NULL{city}
"""
_CHOSEN = f"SELECT s.customer_id {_ALLOWED} ORDER BY s.customer_id LIMIT $4"
# The card, so that the message stands in its history.
_MESSAGES = """
INSERT INTO messages (once, customer_id, brand_id, campaign_id, card_id, purpose, kind, data, body,
    created_at)
SELECT CAST($2 AS TEXT) || c.id, c.id, p.brand_id, p.id,
    (SELECT k.id FROM cards k WHERE k.customer_id = c.id AND k.program_id = b.program_id
        AND k.removed_at IS NULL),
    'promo', 'promo-push', {json}, '', p.created_at
FROM campaigns p JOIN brands b ON b.id = p.brand_id CROSS JOIN customers c
WHERE p.id = $1 AND c.id IN ({people})
ON CONFLICT (once) DO NOTHING
"""
_DELIVERIES = """
INSERT INTO deliveries (message_id, channel, state, attempts, provider_id, reason, cost_kopecks,
    created_at, changed_at)
SELECT m.id, $4, 'queued', 0, '', '', 0, m.created_at, m.created_at FROM messages m
WHERE m.campaign_id = $1 AND m.customer_id > $2 AND m.customer_id <= $3
ON CONFLICT (message_id, channel) DO NOTHING
"""


async def collect_campaign(campaign: Campaign) -> bool:
    """One batch of people in one transaction; False when that was the last one. A killed
    process goes on after the last batch that was committed."""
    async with transaction():
        people = await next_people(campaign)
        if people:
            await _write(campaign, people)
        campaign.collected_up_to = people[-1] if people else campaign.collected_up_to
        campaign.recipients += len(people)
        if len(people) < BATCH:
            campaign.state = CampaignState.SENDING
        await campaign.save(update_fields=["collected_up_to", "recipients", "state"])
    return campaign.state is CampaignState.COLLECTING


async def count_people(campaign: Campaign) -> int:
    """How many would be written down now; the campaign need not be saved."""
    values: list[Any] = [campaign.brand_id, CHANNEL, 0]
    city = " AND c.city_id = $4" if campaign.city_id is not None else ""
    statement = f"SELECT COUNT(*) AS n {_ALLOWED.format(city=city)}"
    found = await rows(statement, [*values, campaign.city_id] if city else values)
    return int(found[0]["n"])


async def next_people(campaign: Campaign) -> list[int]:
    values: list[Any] = [campaign.brand_id, CHANNEL, campaign.collected_up_to, BATCH]
    city = " AND c.city_id = $5" if campaign.city_id is not None else ""
    statement = _CHOSEN.format(city=city)
    found = await rows(statement, [*values, campaign.city_id] if city else values)
    return [row["customer_id"] for row in found]


async def _write(campaign: Campaign, people: list[int]) -> None:
    json = "CAST($3 AS JSONB)" if is_postgres() else "$3"
    these = ", ".join(str(int(person)) for person in people)
    statement = _MESSAGES.format(json=json, people=these)
    await rows(
        statement,
        [campaign.id, f"push:{campaign.id}:", orjson.dumps(campaign_data(campaign)).decode()],
    )
    await rows(_DELIVERIES, [campaign.id, campaign.collected_up_to, people[-1], CHANNEL])


def campaign_data(campaign: Campaign) -> dict[str, Any]:
    """What the wording is made of, the same for everybody."""
    return {
        "text": campaign.text,
        "advertiser": campaign.advertiser,
        "inn": campaign.inn,
        "erid": f" · erid: {campaign.erid}" if campaign.erid else "",
        "action": str(Action(ActionKind.STOP_ADS, campaign.brand_id)),
    }
