"""One brand of a pack with its offers, stores and pictures, inside the pack's transaction."""

from collections import Counter

from backend.brands.keep_picture import write_picture
from backend.brands.offers.states import Whose, told
from backend.brands.put import noted
from backend.brands.reference_lists import city_ids
from backend.brands.save_brand import write_brand
from backend.brands.save_offer import archive_offers, write_offer
from backend.brands.save_store import close_stores, write_store
from backend.platform.context import Context
from catalog.pack import shapes
from models.audit_entry import Verb


async def load_brand(
    ctx: Context, pack: shapes.Brand, account_id: int, program_id: int, loaded: Counter[str]
) -> None:
    """What the pack no longer has is taken off the shelf."""
    await write_picture(pack.logo, pack.logo.read)
    found = await write_brand(program_id, pack.key, pack.entry)
    await noted(ctx, Verb.SAVE_BRAND, "brand", found, account_id)
    brand_id, whose = found.id, Whose(found.id, account_id)
    loaded["brands"] += 1
    for offer in pack.offers:
        for picture in offer.pictures:
            await write_picture(picture, picture.read)
        await told(ctx, await write_offer(brand_id, offer.key, offer.entry), whose)
        loaded["offers"] += 1
    await archive_offers(ctx, whose, [offer.key for offer in pack.offers])
    await _load_stores(ctx, pack, account_id, brand_id, loaded)


async def _load_stores(
    ctx: Context, pack: shapes.Brand, account_id: int, brand_id: int, loaded: Counter[str]
) -> None:
    cities = await city_ids({store.city for store in pack.stores})
    for store in pack.stores:
        found = await write_store(brand_id, store, cities[store.city])
        await noted(ctx, Verb.SAVE_STORE, "store", found, account_id)
        loaded["stores"] += 1
    await close_stores(brand_id, [store.key for store in pack.stores])
