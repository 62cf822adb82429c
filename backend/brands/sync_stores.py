"""The whole list of a brand's stores: those that are named are entered, the others are closed."""

from collections.abc import Sequence

from backend.brands.keys import brand_of
from backend.brands.put import Saved
from backend.brands.reference_lists import city_ids
from backend.brands.save_store import close_stores, write_store
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import note
from catalog.entries.store import StoreEntry
from catalog.tenant import Scope
from models.audit_entry import Verb

BATCH = 100


async def sync_stores(
    ctx: Context, scope: Scope, brand_key: str, entries: Sequence[StoreEntry]
) -> int:
    """In batches, each of which holds; returns how many were written. Again changes nothing.
    Refuses with brand_not_found."""
    brand, written = await brand_of(scope, brand_key), 0
    for at in range(0, len(entries), BATCH):
        batch = entries[at : at + BATCH]
        async with transaction():
            cities = await city_ids({entry.city for entry in batch})
            for entry in batch:
                found = await write_store(brand.id, entry, cities[entry.city])
                written += found.saved is not Saved.SAME
    async with transaction():
        await close_stores(brand.id, {entry.key for entry in entries})
        whose = brand.program.account_id
        await note(ctx, Verb.SAVE_STORE, "brand", brand.id, len(entries), account_id=whose)
    return written
