"""The operator enters an offer of a brand, or changes it: its status, too."""

from collections.abc import Collection

from backend.brands.keep_picture import check_kept
from backend.brands.keys import brand_of, check_key
from backend.brands.offers.states import Held, Whose, told
from backend.brands.offers.steer_offer import steer
from backend.brands.put import Put, Saved, most, put
from backend.brands.reference_lists import city_ids
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import UNTOLD, Change
from catalog.entries.offer import OfferEntry
from catalog.entries.picture import OFFER_PICTURE
from catalog.scope import offers_of
from catalog.tenant import Scope
from models.offer import Offer, OfferCity, OfferStatus


async def save_offer(
    ctx: Context, scope: Scope, brand_key: str, key: str, entry: OfferEntry
) -> Saved:
    """`key` tells the offers of one brand apart. A change that waits beside it goes on waiting.

    Refuses with key_invalid, brand_not_found, key_taken, picture_not_found and picture_unfit.
    """
    check_key(key)
    brand = await brand_of(scope, brand_key)
    async with transaction():
        await check_kept(entry.pictures, OFFER_PICTURE)
        found = await write_offer(brand.id, f"{brand.key}-{key}", entry, only_mine=True)
        return await told(ctx, found, Whose(brand.id, brand.program.account_id))


async def write_offer(
    brand_id: int, key: str, entry: OfferEntry, *, only_mine: bool = False
) -> Put:
    """Inside a transaction. `key` is unique everywhere; `only_mine` refuses with key_taken an
    offer of another brand, without it the operator's pack moves the offer."""
    values = {
        "brand_id": brand_id,
        "benefit_ru": entry.benefit.ru,
        "benefit_en": entry.benefit.en,
        "terms_ru": entry.terms.ru,
        "terms_en": entry.terms.en,
        "pictures": list(entry.pictures),
        "everywhere": entry.cities is None,
        "starts_at": entry.starts,
        "ends_at": entry.ends,
        "status": entry.status,
        "position": entry.position,
    }
    found = await put(
        Offer,
        {"key": key},
        values,
        mine=lambda row: row.brand_id == brand_id or not only_mine,
    )
    return _both(found, await _put_cities(found.id, entry.cities or ()))


async def _put_cities(offer_id: int, keys: Collection[str]) -> Change:
    wanted = await city_ids(keys)
    rows = await OfferCity.filter(offer_id=offer_id).select_related("city")
    standing = {row.city.key: row.city_id for row in rows}
    if wanted == standing:
        return UNTOLD
    gone = [city for key, city in standing.items() if key not in wanted]
    await OfferCity.filter(offer_id=offer_id, city_id__in=gone).delete()
    fresh = [key for key in sorted(wanted) if key not in standing]
    await OfferCity.bulk_create([OfferCity(offer_id=offer_id, city_id=wanted[k]) for k in fresh])
    return Change({"cities": sorted(standing)}, {"cities": sorted(wanted)})


def _both(offer: Put, cities: Change) -> Put:
    """What was written of the offer and of where it holds."""
    if cities is UNTOLD:
        return offer
    saved = most(offer.saved, Saved.CHANGED)
    before = (
        None if saved is Saved.MADE else {**(offer.change.before or {}), **(cities.before or {})}
    )
    after = {**(offer.change.after or {}), **(cities.after or {})}
    return Put(offer.id, saved, Change(before, after))


async def archive_offers(ctx: Context, whose: Whose, but: Collection[str]) -> None:
    """Inside a transaction: take the others off the shelf; cards keep pointing at them."""
    left = offers_of(whose.brand_id).exclude(key__in=list(but) or [""])
    gone = left.exclude(status=OfferStatus.ARCHIVED).order_by("id")
    for offer in await gone.select_for_update():
        await steer(ctx, Held(offer, whose), OfferStatus.ARCHIVED)
