"""Take one store of a brand away."""

from backend.brands.keys import brand_of
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import Change, note
from backend.wallets.behind import passes_of_brand_behind
from catalog.scope import stores_of
from catalog.tenant import Scope
from models.audit_entry import Verb


async def close_store(ctx: Context, scope: Scope, brand_key: str, key: str) -> bool:
    """Whether there was one. Refuses with brand_not_found."""
    brand = await brand_of(scope, brand_key)
    async with transaction():
        store = await stores_of(brand.id).filter(key=key).first()
        there_was = bool(await stores_of(brand.id).filter(key=key).delete())
        if store is not None and there_was:
            await passes_of_brand_behind(brand.id)
            was = {name: getattr(store, name) for name in ("key", "address", "lat", "lon", "hours")}
            whose, gone = brand.program.account_id, Change(before=was)
            await note(ctx, Verb.CLOSE_STORE, "brand", brand.id, account_id=whose, change=gone)
    return there_was
