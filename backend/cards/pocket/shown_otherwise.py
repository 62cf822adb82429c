"""Something else stands on cards that no event tells: those in phones' wallets are named."""

from collections.abc import Collection
from datetime import datetime

from backend.events.cards import CardFieldsChanged
from backend.outbox.announce import announce
from backend.platform.database import among, rows

# of all: the cards in hand
_IN_PHONES = "SELECT DISTINCT card_id FROM wallet_passes WHERE card_id {among} ORDER BY card_id"


async def announce_shown_otherwise(now: datetime, card_ids: Collection[int]) -> None:
    """Inside the transaction that changes them. Cards in no phone are nobody's news."""
    found = await rows(_IN_PHONES.format(among=among(1)), [sorted(card_ids)])
    if found:
        await announce(now, CardFieldsChanged([row["card_id"] for row in found]))
