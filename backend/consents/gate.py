"""The one question before every message: may this be sent?"""

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime

from backend.platform.clock import Clock
from backend.platform.database import among, rows
from models.message_purpose import MessagePurpose

# A «yes» to an older version stands while only the wording changed since. Once a version with
# another purpose is in force, it says nothing about what is sent now.
# of all: documents that another has overtaken
_OVERTAKEN = """
EXISTS (SELECT 1 FROM consent_documents newer
    WHERE newer.account_id = said.account_id AND COALESCE(newer.program_id, 0) = 0
        AND newer.purpose = 'advertising' AND newer.language = said.language
        AND newer.version > said.version AND newer.change = 'purpose'
        AND newer.effective_from <= {now})
"""
_OF = """
FROM consent_states st JOIN consent_documents said ON said.id = st.document_id
WHERE st.customer_id {who} AND st.purpose = 'advertising' AND st.subject_id = {brand}
    AND st.channel = {channel} AND st.granted AND NOT {overtaken}
"""


def _of(who: str, brand: str, channel: str, now: str) -> str:
    overtaken = _OVERTAKEN.format(now=now)
    return _OF.format(who=who, brand=brand, channel=channel, overtaken=overtaken)


def overtaken_documents(now: str, account: str = "") -> str:
    """The ids of documents a «yes» to which counts no more, of an account or of all, for statements
    about many: each names a column or a mark."""
    overtaken = _OVERTAKEN.format(now=now)
    of_account = f" AND said.account_id = {account}" if account else ""
    # of all: documents of the account in hand, or of all
    return (
        "SELECT said.id FROM consent_documents said"  # noqa: S608
        f" WHERE said.purpose = 'advertising'{of_account} AND {overtaken}"
    )


_STANDING = "SELECT st.customer_id " + _of("{who}", "$2", "$3", "$4")


def allows(customer: str, brand: str, channel: str, now: str) -> str:
    """The same as a condition, for statements about many: each names a column or a mark."""
    return f"EXISTS (SELECT 1 {_of(f'= {customer}', brand, channel, now)})"


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
