"""CardFoundDamaged → the card stands among what was given up, for the operator."""

from backend.cards.pocket.owner_notes import read_notes
from backend.cards.pocket.reminders.daytime import here_of
from backend.events.cards import CardFoundDamaged
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.failures import GiveUp
from models.wallet_entry import WalletEntry


async def look_again(ctx: Context, happened: Happened[CardFoundDamaged]) -> None:
    """Raises GiveUp while it cannot be read. Once it can, after an operator's retry, the schedules
    begin anew with it; what was told already is not told twice."""
    found = WalletEntry.filter(card_id=happened.event.card_id)
    entry = await found.select_related("customer__city").first()
    if entry is None or entry.customer.data_key is None:
        return
    try:
        read_notes(ctx, entry.customer, entry)
        here_of(entry.customer, ctx.clock())
    except Exception as damaged:
        raise GiveUp("what its owner keeps with the card cannot be read") from damaged
    async with transaction():
        await WalletEntry.filter(id=entry.id).update(brands_until=0, reminded_at=None)
