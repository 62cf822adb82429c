"""Enter a store of a brand, or change it."""

from collections.abc import Collection

from backend.brands.keys import brand_of
from backend.brands.put import Put, Saved, noted, put
from backend.brands.reference_lists import city_ids
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.wallets.behind import passes_of_brand_behind
from catalog.entries.store import StoreEntry
from catalog.scope import stores_of
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.store import Store


async def save_store(ctx: Context, scope: Scope, brand_key: str, entry: StoreEntry) -> Saved:
    """Refuses with brand_not_found."""
    brand = await brand_of(scope, brand_key)
    async with transaction():
        cities = await city_ids([entry.city])
        found = await write_store(brand.id, entry, cities[entry.city])
        return await noted(ctx, Verb.SAVE_STORE, "store", found, brand.program.account_id)


async def write_store(brand_id: int, entry: StoreEntry, city_id: int) -> Put:
    """Inside a transaction."""
    values = {
        "city_id": city_id,
        "address": entry.address,
        "lat": entry.lat,
        "lon": entry.lon,
        "hours": entry.hours,
        "radius_m": entry.radius_m,
    }
    found = await put(Store, {"brand_id": brand_id, "key": entry.key}, values)
    if found.saved is not Saved.SAME:
        await passes_of_brand_behind(brand_id)
    return found


async def close_stores(brand_id: int, but: Collection[str]) -> None:
    """Inside a transaction: take away the others."""
    if await stores_of(brand_id).exclude(key__in=list(but) or [""]).delete():
        await passes_of_brand_behind(brand_id)
