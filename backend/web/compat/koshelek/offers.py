"""Promos are offers of the account: by which id or key one is called."""

from typing import Any

from backend.web.compat.call import Call
from backend.web.compat.wrong import Wrong
from catalog.tenant import Scope
from models.brand import Brand
from models.offer import Offer

_LARGEST = 2**53


async def offers_of_login(call: Call) -> Any:
    """Of its brand, if its settings name one; else all of the account. Raises Wrong."""
    found = call.scope.offers()
    if not call.settings.brand:
        return found
    return found.filter(brand_id=(await brand_for(call.scope, call.settings.brand)).id)


async def named_offer(call: Call, named: str) -> int:
    """By its id, by which the Promo API knows it, or by its key. Raises Wrong."""
    offers = await offers_of_login(call)
    if named.isascii() and named.isdigit() and int(named) < _LARGEST:
        found = await offers.filter(id=int(named)).first()
    else:
        found = await offers.filter(key=named).first()
    if found is None:
        raise Wrong(400, "campaignId", "campaignId: the account has no such promo")
    return int(found.id)


async def one_offer(call: Call, promo_id: Any) -> Offer:
    """Comes with its brand. Raises Wrong."""
    text = str(promo_id) if isinstance(promo_id, str | int) else ""
    if text.isascii() and text.isdigit() and int(text) < _LARGEST:
        offers = (await offers_of_login(call)).filter(id=int(text))
        found: Offer | None = await offers.select_related("brand").first()
        if found is not None:
            return found
    raise Wrong(404, "promoId", "promoId: the account has no such promo")


async def brand_for(scope: Scope, key: str) -> Brand:
    """The brand that is named, or the account's only one. Raises Wrong."""
    brands = scope.brands().select_related("program")
    found = await (brands.filter(key=key) if key else brands).order_by("id").limit(2)
    if len(found) == 1:
        return found[0]
    told = "the account has several brands: the login's settings name none"
    raise Wrong(422, "brand", told if found else "the account has no such brand")
