"""Which of my cards have a store near here. The place is used for this answer and not kept."""

from dataclasses import dataclass

from backend.cards.pocket.wallet_card import WalletCard
from catalog.scope import stores_of
from catalog.shelves.cities import distance_km
from models.store import Store

FARTHEST_KM = 30.0


@dataclass(frozen=True, slots=True)
class NearCard:
    kept: WalletCard
    store: Store
    km: float


async def cards_near(
    found: list[WalletCard], here: tuple[float, float], limit: int = 8
) -> list[NearCard]:
    """The nearest store of each card's brand, nearest first; `here` in degrees."""
    near = []
    for kept in found:
        if kept.card.brand_id is None:
            continue
        stores = [
            (distance_km(*here, s.lat, s.lon), s) for s in await stores_of(kept.card.brand_id)
        ]
        if stores:
            km, store = min(stores, key=lambda pair: pair[0])
            near.append(NearCard(kept, store, km))
    near.sort(key=lambda each: each.km)
    return [each for each in near if each.km <= FARTHEST_KM][:limit]
