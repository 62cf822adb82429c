"""The schedule: external cards that are called like a brand which joined after they came.
backend.cards.pocket.reminders.tell_joined tells their owners."""

from collections.abc import Collection

from backend.cards.pocket.owner_notes import read_notes
from backend.cards.pocket.partner_match import same_name
from backend.cards.pocket.reminders.number_joined import number_joined
from backend.events.brands import BrandJoined
from backend.events.cards import CardFoundDamaged
from backend.events.event import Event
from backend.messaging.reach import reachable
from backend.outbox.announce import announce_all
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from catalog.shelves.joined import brands_joined, newest_joined
from models.brand import Brand
from models.card import CardOrigin
from models.wallet_entry import NEVER, WalletEntry

BATCH = 200
# From what was not compared on: SQLite would begin with every card.
# of all: whosever card a brand may be
_WAITING = """
SELECT w.id FROM wallet_entries w CROSS JOIN cards c
WHERE w.brands_until < $1 AND c.id = w.card_id
    AND (c.origin <> 'external' OR c.status = 'active' AND c.removed_at IS NULL)
ORDER BY w.brands_until, w.id LIMIT $2
"""


async def announce_joined(ctx: Context) -> int:
    """One batch of cards that brands joined after; returns how many were looked at, BATCH when
    there may be more."""
    await number_joined(ctx.clock())
    newest = await newest_joined()
    waiting = await _waiting(newest)
    external = [entry for entry in waiting if entry.card.origin is CardOrigin.EXTERNAL]
    if len(external) < len(waiting):
        await _leave_out({entry.id for entry in waiting} - {entry.id for entry in external})
    if external:
        brands = await brands_joined()
        there = await reachable({entry.customer_id for entry in external})
        found = {
            entry.id: _events(ctx, entry, brands) if entry.customer_id in there else []
            for entry in external
        }
        await _announce(ctx, newest, found)
    return len(waiting)


async def _waiting(newest: int) -> list[WalletEntry]:
    """A program's card has an entry as soon as it is used, and is seen here once."""
    found = [row["id"] for row in await rows(_WAITING, [newest, BATCH])]
    if not found:
        return []
    # of all: the entries in hand
    entries = await WalletEntry.filter(id__in=found).select_related("card", "customer")
    return sorted(entries, key=lambda entry: (entry.brands_until, entry.id))


async def _leave_out(entry_ids: Collection[int]) -> None:
    """Programs' own cards are never compared."""
    async with transaction():
        # of all: the entries of the round
        await WalletEntry.filter(id__in=entry_ids).update(brands_until=NEVER)


def _events(ctx: Context, entry: WalletEntry, brands: list[Brand]) -> list[Event]:
    """A card that cannot be read is announced as damaged and stops no other."""
    customer = entry.customer
    if customer.data_key is None:
        return []
    try:
        name = read_notes(ctx, customer, entry).name
    except Exception:  # noqa: BLE001  its reaction finds the same, and tells it
        return [CardFoundDamaged(entry.card_id, customer.id)]
    later = (brand for brand in brands if (brand.joined_seq or 0) > entry.brands_until)
    return [
        BrandJoined(brand.id, entry.card_id, customer.id)
        for brand in later
        if same_name(name, brand)
    ]


async def _announce(ctx: Context, newest: int, found: dict[int, list[Event]]) -> None:
    """Each card once, also with two processes at it."""
    marks = ", ".join(f"${n}" for n in range(2, len(found) + 2))
    async with transaction():
        # of all: the cards that were compared above
        mine = await rows(
            f"UPDATE wallet_entries SET brands_until = $1 WHERE id IN ({marks})"  # noqa: S608
            " AND brands_until < $1 RETURNING id",
            [newest, *found],
        )
        ids = sorted(row["id"] for row in mine)
        await announce_all(ctx.clock(), [event for each in ids for event in found[each]])
    ctx.wake.set()
