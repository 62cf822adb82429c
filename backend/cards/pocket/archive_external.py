"""CardIssued → the external card with the same number goes to the archive."""

from collections.abc import Sequence

from backend.cards.pocket.owner_notes import read_notes
from backend.cards.pocket.partner_match import same_name
from backend.events.cards import CardIssued
from backend.outbox.happened import Happened
from backend.outbox.reaction import Failed
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from models.card import Card
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


# of all: the cards that the events name, and those of the same person
_SAME = """
SELECT issued.id AS issued, kept.id AS kept FROM cards issued
JOIN cards kept ON kept.customer_id = issued.customer_id AND kept.origin = 'external'
    AND kept.printed_number = issued.printed_number
WHERE issued.id IN ({marks}) ORDER BY issued.id, kept.id
"""


async def archive_external(ctx: Context, happened: Sequence[Happened[CardIssued]]) -> Failed:
    """Of several with the number, whose shops take a phone number for one, those that are called
    like the brand."""
    ids = sorted({each.event.card_id for each in happened})
    marks = ", ".join(f"${n}" for n in range(1, len(ids) + 1))
    same: dict[int, list[int]] = {}
    for row in await rows(_SAME.format(marks=marks), ids):
        same.setdefault(row["issued"], []).append(row["kept"])
    gone = [kept[0] for kept in same.values() if len(kept) == 1]
    for issued, kept in same.items():
        gone += await _named(ctx, issued, kept) if len(kept) > 1 else []
    async with transaction():
        # of all: the cards that were found above
        await Card.filter(id__in=gone, hidden=False).update(hidden=True)
    return {}


async def _named(ctx: Context, issued_id: int, kept: list[int]) -> list[int]:
    # of all: the card that an event names
    issued = await Card.get(id=issued_id).select_related("brand", "customer")
    entries = await WalletEntry.filter(card_id__in=kept)
    return [entry.card_id for entry in entries if _called_like(ctx, issued, entry)]


def _called_like(ctx: Context, issued: Card, entry: WalletEntry) -> bool:
    name = read_notes(ctx, issued.customer, entry).name
    return issued.brand is not None and same_name(name, issued.brand)
