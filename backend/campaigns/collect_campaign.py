"""Write down who shall have a campaign: a message and a queued delivery each."""

from backend.platform.database import is_postgres, rows, transaction
from backend.segments.where import where
from models.campaign import Campaign, CampaignState
from models.channel import ChannelName

BATCH = 1000
CHANNEL = ChannelName.TELEGRAM.value

_ALLOWED = """
FROM consent_states s JOIN customers c ON c.id = s.customer_id
JOIN identities i ON i.customer_id = c.id AND i.door = s.channel
WHERE s.purpose = 'advertising' AND s.subject_id = $1 AND s.channel = $2 AND s.granted
    AND s.customer_id > $3 AND i.reachable_since IS NOT NULL AND i.blocked_at IS NULL
    AND c.deleted_at IS NULL AND {meant}
"""
_CHOSEN = f"SELECT s.customer_id {_ALLOWED} ORDER BY s.customer_id LIMIT {BATCH}"
# The card, so that the message stands in its history. The lock on the campaign's row and
# `collected_up_to` make it once.
_MESSAGES = """
INSERT INTO messages (customer_id, brand_id, campaign_id, card_id, variant, purpose, kind, data,
    body, created_at)
SELECT c.id, p.brand_id, p.id,
    (SELECT k.id FROM cards k WHERE k.customer_id = c.id AND k.program_id = b.program_id
        AND k.removed_at IS NULL),
    0, p.purpose, 'campaign', {empty}, '', p.created_at
FROM campaigns p JOIN brands b ON b.id = p.brand_id CROSS JOIN customers c
WHERE p.id = $1 AND c.id IN ({people}) ORDER BY c.id
"""
_DELIVERIES = """
INSERT INTO deliveries (message_id, channel, promo, state, attempts, provider_id, reason,
    cost_kopecks, created_at, changed_at)
SELECT m.id, $4, m.purpose = 'promo', 'queued', 0, '', '', 0, m.created_at, m.created_at
FROM messages m
WHERE m.campaign_id = $1 AND m.customer_id > $2 AND m.customer_id <= $3 ORDER BY m.id
"""


async def collect_campaign(campaign: Campaign) -> bool:
    """One batch of people in one transaction; False when that was the last one. A killed
    process goes on after the last batch that was committed."""
    async with transaction():
        # of all: the campaign in hand
        held = await Campaign.filter(id=campaign.id).select_for_update().get()
        people = await next_people(held)
        if people:
            await _write(held, people)
        held.collected_up_to = people[-1] if people else held.collected_up_to
        held.recipients += len(people)
        if len(people) < BATCH:
            held.state = CampaignState.SENDING
        await held.save(update_fields=["collected_up_to", "recipients", "state"])
    for name in ("collected_up_to", "recipients", "state"):
        setattr(campaign, name, getattr(held, name))
    return held.state is CampaignState.COLLECTING


async def count_people(campaign: Campaign) -> int:
    """How many would be written down now; the campaign need not be saved."""
    meant, values = where(campaign.plan["audience"], 3)
    statement = f"SELECT COUNT(*) AS n {_ALLOWED.format(meant=meant)}"
    found = await rows(statement, [campaign.brand_id, CHANNEL, 0, *values])
    return int(found[0]["n"])


async def next_people(campaign: Campaign) -> list[int]:
    meant, values = where(campaign.plan["audience"], 3)
    given = [campaign.brand_id, CHANNEL, campaign.collected_up_to, *values]
    found = await rows(_CHOSEN.format(meant=meant), given)
    return [row["customer_id"] for row in found]


async def _write(campaign: Campaign, people: list[int]) -> None:
    empty = "CAST('{}' AS JSONB)" if is_postgres() else "'{}'"
    these = ", ".join(str(int(person)) for person in people)
    await rows(_MESSAGES.format(empty=empty, people=these), [campaign.id])
    await rows(_DELIVERIES, [campaign.id, campaign.collected_up_to, people[-1], CHANNEL])
