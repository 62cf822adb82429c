"""One brand of a pack with its offers, stores and pictures, inside the pack's transaction."""

from collections.abc import Mapping

from backend.brands.keep_picture import write_picture
from backend.brands.loading import Loading
from backend.brands.offers.enter_whole import enter_whole
from backend.brands.offers.states import Whose, told
from backend.brands.put import noted
from backend.brands.reference_lists import city_ids
from backend.brands.save_brand import write_brand
from backend.brands.save_offer import archive_offers, write_offer
from backend.brands.save_store import close_stores, write_store
from catalog.pack import shapes
from catalog.scope import programs_of
from models.audit_entry import Verb
from models.refusal import Refusal


async def load_brand(
    loading: Loading,
    pack: shapes.Brand,
    account_id: int,
    programs: Mapping[str, int],
    home: str,
) -> None:
    """`programs` are the account's, by their keys; `home` is the brand's folder. What the pack no
    longer has is taken off the shelf."""
    ctx, program_id = loading.ctx, programs[pack.entry.program]
    if pack.logo is not None:
        await write_picture(pack.logo, pack.logo.read)
    ours = {row.id for row in await programs_of(account_id)} if loading.own else None
    try:
        found = await write_brand(program_id, pack.key, pack.entry, among=ours)
    except Refusal as refusal:
        loading.taken(f"{home}/brand.yaml", refusal)
        return
    await noted(ctx, Verb.SAVE_BRAND, "brand", found, account_id)
    whose = Whose(found.id, account_id)
    loading.loaded["brands"] += 1
    for offer in pack.offers:
        await _load_offer(loading, offer, whose, f"{home}/offers")
    await archive_offers(ctx, whose, [offer.key for offer in pack.offers])
    await _load_stores(loading, pack, whose)


async def _load_offer(loading: Loading, offer: shapes.Offer, whose: Whose, home: str) -> None:
    for picture in offer.pictures:
        await write_picture(picture, picture.read)
    try:
        if loading.approves:
            written = await write_offer(
                whose.brand_id, offer.key, offer.entry, only_mine=loading.own
            )
            await told(loading.ctx, written, whose)
        else:
            await enter_whole(loading.ctx, whose, offer.key, offer.entry)
    except Refusal as refusal:
        loading.taken(home, refusal)
        return
    loading.loaded["offers"] += 1


async def _load_stores(loading: Loading, pack: shapes.Brand, whose: Whose) -> None:
    cities = await city_ids({store.city for store in pack.stores})
    for store in pack.stores:
        found = await write_store(whose.brand_id, store, cities[store.city])
        await noted(loading.ctx, Verb.SAVE_STORE, "store", found, whose.account_id)
        loading.loaded["stores"] += 1
    await close_stores(whose.brand_id, [store.key for store in pack.stores])
