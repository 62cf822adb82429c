"""CardIssued, ConsentAnswered, ConsentWithdrawn → the new records are linked."""

from backend.consents.chain import extend_chain
from backend.events.cards import CardIssued
from backend.events.people import ConsentAnswered, ConsentWithdrawn
from backend.outbox.happened import Happened
from backend.platform.context import Context


async def seal_chain(
    _ctx: Context, happened: Happened[CardIssued | ConsentAnswered | ConsentWithdrawn]
) -> None:
    """All of the account, whichever event this is. Doing it again finds nothing to link."""
    await extend_chain(happened.event.account_id)
