"""CardIssued → the external card with the same number goes to the archive."""

from collections.abc import Sequence

from backend.cards.pocket.owner_notes import read_notes
from backend.cards.pocket.partner_match import same_name
from backend.events import CardIssued
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from catalog.scope import wallet_of
from models.card import Card, CardOrigin
from models.wallet_entry import WalletEntry


async def carrying_its_number(events: Sequence[CardIssued]) -> set[CardIssued]:
    """Those of whose owners an external card carries the number of the issued one."""
    marks = ", ".join(f"${n}" for n in range(1, len(events) + 1))
    # of all: the cards that the events name, and those of the same person
    found = await rows(
        "SELECT issued.id FROM cards issued WHERE EXISTS ("  # noqa: S608  marks only
        "SELECT 1 FROM cards kept WHERE kept.customer_id = issued.customer_id"
        " AND kept.origin = 'external' AND kept.printed_number = issued.printed_number"
        f") AND issued.id IN ({marks})",
        [event.card_id for event in events],
    )
    ids = {row["id"] for row in found}
    return {event for event in events if event.card_id in ids}


async def archive_external(ctx: Context, happened: Happened[CardIssued]) -> None:
    """Of several with the number, whose shops take a phone number for one, those that are called
    like the brand."""
    wallet = wallet_of(happened.event.customer_id)
    issued = (
        await wallet.filter(id=happened.event.card_id).select_related("brand", "customer").first()
    )
    if issued is None:
        return
    number = issued.printed_number
    same = await wallet.filter(origin=CardOrigin.EXTERNAL, printed_number=number)
    if len(same) > 1:
        entries = await WalletEntry.filter(card_id__in=[card.id for card in same])
        named = {e.card_id for e in entries if _called_like(ctx, issued, e)}
        same = [card for card in same if card.id in named]
    async with transaction():
        await wallet.filter(id__in=[card.id for card in same]).update(hidden=True)


def _called_like(ctx: Context, issued: Card, entry: WalletEntry) -> bool:
    name = read_notes(ctx, issued.customer, entry).name
    return issued.brand is not None and same_name(name, issued.brand)
