"""What the faces of several cards are made of, in a few questions for all of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.platform.context import Context
from backend.platform.database import among, rows
from backend.segments.members import members_of
from catalog.looks.card_design import CardDesignKept
from catalog.looks.designs import design_of
from catalog.shelves.cities import distance_km
from models.brand import Brand
from models.card import Card
from models.city import City
from models.customer import Customer
from models.store import Store
from models.wallet_entry import WalletEntry
from models.wallet_pass import WalletNews

# Of what was told on a card, the newest.
MOST_NEWS = 10
# of all: the cards in hand
_NEWEST = """
SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY card_id ORDER BY id DESC) AS n
    FROM wallet_news WHERE card_id {cards}) AS told WHERE n <= $2
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """`brands` by card; `members`: of each program's segments by their keys those of the people in
    hand who are in; `ends`, `news` (the newest first) by card; `stores` by brand."""

    designs: Mapping[int, CardDesignKept]
    brands: Mapping[int, Brand]
    members: Mapping[tuple[int, str], Collection[int]]
    ends: Mapping[int, datetime]
    news: Mapping[int, Sequence[WalletNews]]
    stores: Mapping[int, Sequence[Store]]

    def segments_of(self, card: Card) -> set[str]:
        """Keys of those that its owner is in."""
        return {
            key
            for (program_id, key), people in self.members.items()
            if program_id == card.program_id and card.customer_id in people
        }

    def nearest(self, brand: Brand | None, customer: Customer, most: int) -> Sequence[Store]:
        """In the owner's city first; of somebody who has named none, as they were entered."""
        stores = self.stores.get(brand.id, ()) if brand is not None else ()
        city = customer.city
        if not isinstance(city, City):
            return stores[:most]
        return sorted(stores, key=lambda s: (distance_km(city.lat, city.lon, s.lat, s.lon), s.id))[
            :most
        ]


async def standing(ctx: Context, cards: Sequence[Card]) -> Standing:
    """Of programs' cards, loaded with program and owner."""
    ids = [card.id for card in cards]
    programs = {card.program.id: card.program for card in cards if card.program is not None}
    designs = {id_: await design_of(program) for id_, program in programs.items()}
    brands = await _brands(cards)
    shown = {brand.id for brand in brands.values()}
    entries = WalletEntry.filter(card_id__in=ids, expires_at__isnull=False)
    return Standing(
        designs,
        brands,
        await _members(ctx, designs, brands, cards),
        {entry.card_id: entry.expires_at for entry in await entries if entry.expires_at},
        await _news(ids),
        await _stores(shown) if any(each.stores for each in designs.values()) else {},
    )


async def brand_of_card(card: Card) -> Brand | None:
    """None of a program that has none; the card's own must be loaded."""
    return (await _brands([card])).get(card.id)


async def _brands(cards: Sequence[Card]) -> dict[int, Brand]:
    """The card's own, else the first of its program."""
    programs = {card.program_id for card in cards}
    found: dict[int, Brand] = {}
    for brand in await Brand.filter(program_id__in=sorted(programs)).order_by("-id"):
        found[brand.program_id] = brand
    chosen = {card.id: card.brand or found.get(card.program_id or 0) for card in cards}
    return {card_id: brand for card_id, brand in chosen.items() if brand is not None}


async def _members(
    ctx: Context,
    designs: Mapping[int, CardDesignKept],
    brands: Mapping[int, Brand],
    cards: Sequence[Card],
) -> dict[tuple[int, str], set[int]]:
    found: dict[tuple[int, str], set[int]] = {}
    for program_id, design in designs.items():
        held = [card for card in cards if card.program_id == program_id and card.id in brands]
        if held and design.segments():
            brand, people = brands[held[0].id], {card.customer_id for card in held}
            inside = await members_of(design.segments(), brand.id, people, ctx.clock())
            found |= {(program_id, key): members for key, members in inside.items()}
    return found


async def _news(card_ids: list[int]) -> dict[int, list[WalletNews]]:
    told = await rows(_NEWEST.format(cards=among(1)), [card_ids, MOST_NEWS])
    newest = [row["id"] for row in told]
    found: dict[int, list[WalletNews]] = defaultdict(list)
    if newest:
        for each in await WalletNews.filter(id__in=newest, card_id__in=card_ids).order_by("-id"):
            found[each.card_id].append(each)
    return found


async def _stores(brand_ids: set[int]) -> dict[int, list[Store]]:
    found: dict[int, list[Store]] = defaultdict(list)
    for store in await Store.filter(brand_id__in=sorted(brand_ids)).order_by("id"):
        found[store.brand_id].append(store)
    return found
