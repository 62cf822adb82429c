"""CardIssued, ConsentAnswered, ConsentWithdrawn → the new records are linked."""

from backend.consents.chain import extend_chain
from backend.events import CardIssued, ConsentAnswered, ConsentWithdrawn
from backend.platform.context import Context


async def seal_chain(_ctx: Context, event: CardIssued | ConsentAnswered | ConsentWithdrawn) -> None:
    """Doing it again finds nothing to link."""
    await extend_chain(event.account_id)
