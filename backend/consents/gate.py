"""The one question before every message: may this be sent?"""

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime

from backend.platform.clock import Clock
from backend.platform.database import among, rows
from models.message_purpose import MessagePurpose

# A «yes» to an older version stands while only the wording changed since. Once a version with
# another purpose is in force, it says nothing about what is sent now.
_STANDING = """
SELECT s.customer_id FROM consent_states s JOIN consent_documents d ON d.id = s.document_id
WHERE s.customer_id {who} AND s.purpose = 'advertising' AND s.subject_id = $2 AND s.channel = $3
    AND s.granted AND NOT EXISTS (
        SELECT 1 FROM consent_documents n
        WHERE n.account_id = d.account_id AND COALESCE(n.program_id, 0) = 0
            AND n.purpose = 'advertising' AND n.language = d.language AND n.version > d.version
            AND n.change = 'purpose' AND n.effective_from <= $4)
"""


async def may_send(
    now: datetime, customer_id: int, brand_id: int | None, channel: str, purpose: MessagePurpose
) -> bool:
    """Promo needs a standing advertising consent for this brand and channel. Service and
    transaction messages are part of the card itself."""
    if purpose is not MessagePurpose.PROMO:
        return True
    if brand_id is None:
        return False
    return bool(await rows(_STANDING.format(who="= $1"), [customer_id, brand_id, channel, now]))


async def who_allows(
    now: datetime, brand_id: int, channel: str, customer_ids: Collection[int]
) -> set[int]:
    """The same of many and of advertising, before anything is written down for them; each is asked
    again right before it is sent."""
    asked = [list(customer_ids), brand_id, channel, now]
    return {row["customer_id"] for row in await rows(_STANDING.format(who=among(1)), asked)}


def gate_by(clock: Clock) -> Callable[[int, int | None, str, MessagePurpose], Awaitable[bool]]:
    """The question as channels ask it: the time is that of the asking."""

    async def ask(
        customer_id: int, brand_id: int | None, channel: str, purpose: MessagePurpose
    ) -> bool:
        return await may_send(clock(), customer_id, brand_id, channel, purpose)

    return ask
