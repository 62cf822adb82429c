"""What an owner does to one of their cards: star, archive, order, note, expiry, photos, use."""

from dataclasses import replace
from datetime import datetime, timedelta

from backend.cards.pocket.owner_notes import LONGEST_NOTE, read_notes, seal_notes
from backend.cards.pocket.shown_otherwise import announce_shown_otherwise
from backend.cards.pocket.wallet import open_card, wallet_in_order
from backend.cards.pocket.wallet_card import WalletCard
from backend.customers.person.lock import lock_person
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from catalog.scope import wallet_of
from models.customer import Customer
from models.refusal import Code, Refusal
from models.wallet_entry import CardPhoto, WalletEntry

# A till that reads badly is one use, not five.
USE_AGAIN = timedelta(hours=1)
_COUNT = """
INSERT INTO wallet_entries (card_id, customer_id, color, undrawn, starred, uses, last_used_at)
VALUES ($1, $2, '', '', FALSE, 1, $3)
ON CONFLICT (card_id) DO UPDATE SET uses = wallet_entries.uses + 1, last_used_at = $3
WHERE wallet_entries.last_used_at IS NULL OR wallet_entries.last_used_at <= $4
RETURNING id
"""


async def entry_of(customer: Customer, card_id: int) -> WalletEntry:
    """The card's entry, made if there is none; inside the caller's transaction it is locked."""
    row = WalletEntry(card_id=card_id, customer_id=customer.id)
    await WalletEntry.bulk_create([row], ignore_conflicts=True)
    return await WalletEntry.filter(card_id=card_id).select_for_update().get()


async def star_card(customer: Customer, card_id: int, *, starred: bool) -> None:
    """Refuses with card_not_found, as everything here does."""
    await open_card(customer, card_id)
    async with transaction():
        entry = await entry_of(customer, card_id)
        await WalletEntry.filter(id=entry.id).update(starred=starred)


async def archive_card(customer: Customer, card_id: int, *, archived: bool) -> None:
    card = await open_card(customer, card_id)
    async with transaction():
        await wallet_of(customer.id).filter(id=card.id).update(hidden=archived)


async def note_card(ctx: Context, customer: Customer, card_id: int, note: str) -> None:
    """An empty note takes it away; a longer one than there is room for is cut."""
    await open_card(customer, card_id)
    async with transaction():
        entry = await entry_of(customer, card_id)
        own = replace(read_notes(ctx, customer, entry), note=note.strip()[:LONGEST_NOTE])
        sealed = seal_notes(ctx, customer, own)
        await WalletEntry.filter(id=entry.id).update(own=sealed)


async def expire_card(
    ctx: Context, customer: Customer, card_id: int, expires_at: datetime | None
) -> None:
    """The start of the last day on which it holds. Whoever types a date that is near has just
    been reminded."""
    await open_card(customer, card_id)
    async with transaction():
        entry = await entry_of(customer, card_id)
        await WalletEntry.filter(id=entry.id).update(
            expires_at=expires_at, reminded_at=ctx.clock() if expires_at else None
        )
        await announce_shown_otherwise(ctx.clock(), [card_id])
    ctx.wake.set()


async def forget_photo(customer: Customer, card_id: int, side: str) -> None:
    await open_card(customer, card_id)
    async with transaction():
        await CardPhoto.filter(card_id=card_id, customer_id=customer.id, side=side).delete()


async def count_use(ctx: Context, customer: Customer, card_id: int) -> bool:
    """The barcode was opened. Whether it counts: at most once an hour."""
    now = ctx.clock()
    return bool(await rows(_COUNT, [card_id, customer.id, now, now - USE_AGAIN]))


async def count_opening(ctx: Context, customer: Customer, shown: WalletCard) -> None:
    """The same for a card that was just read: most openings are within the hour."""
    last = shown.entry.last_used_at if shown.entry is not None else None
    if last is None or last <= ctx.clock() - USE_AGAIN:
        await count_use(ctx, customer, shown.id)


async def move_card(ctx: Context, customer: Customer, card_id: int, *, up: bool) -> int:
    """One place up or down in the owner's own order, which begins with how the list looks
    now; returns the place, from 1."""
    await open_card(customer, card_id)
    async with transaction():
        await lock_person(customer.id)
        order = [kept.id for kept in await wallet_in_order(ctx, customer)]
        if card_id not in order:
            raise Refusal(Code.CARD_NOT_FOUND)
        place = order.index(card_id)
        other = min(max(place + (-1 if up else 1), 0), len(order) - 1)
        order[place], order[other] = order[other], order[place]
        await _write_order(customer, order)
    return other + 1


async def _write_order(customer: Customer, order: list[int]) -> None:
    missing = [WalletEntry(card_id=each, customer_id=customer.id) for each in order]
    await WalletEntry.bulk_create(missing, ignore_conflicts=True)
    standing = dict(
        await WalletEntry.filter(customer_id=customer.id).values_list("card_id", "position")
    )
    for place, each in enumerate(order):
        if standing.get(each) != place:
            await WalletEntry.filter(card_id=each).update(position=place)
