"""Cards near the person, and colours of their own cards."""

import pytest

from backend.cards.pocket.add_seen import COLORS, paint_card
from backend.cards.pocket.near import FARTHEST_KM, cards_near
from backend.cards.pocket.wallet import open_wallet_card, wallet_in_order
from backend.platform.context import Context
from catalog.shelves.cities import distance_km
from models.brand import Brand
from models.card import Card
from models.city import City
from models.customer import Customer
from models.refusal import Code, Refusal
from models.store import Store
from models.wallet_entry import WalletEntry
from tests.cards.conftest import CarryCard
from tests.support.factory.cards import issued_card
from tests.support.factory.customers import someone

HERE = (55.75, 37.61)


async def test_an_own_card_is_painted_and_a_brands_is_not(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    card = await carry(anna, "Аптека", "5550001")
    await paint_card(anna, card.id, COLORS[3])
    assert (await open_wallet_card(ctx, anna, card.id)).color == COLORS[3]

    brands = await Card.get(id=(await issued_card(ctx, 3)).card_id)
    vera = await Customer.get(id=brands.customer_id)
    await WalletEntry.create(card_id=brands.id, customer_id=vera.id)
    for who, which in ((vera, brands), (boris, card)):
        with pytest.raises(Refusal) as refused:
            await paint_card(who, which.id, COLORS[4])
        assert refused.value.code is Code.CARD_NOT_FOUND
    assert (await WalletEntry.get(card_id=brands.id)).color == ""
    assert (await WalletEntry.get(card_id=card.id)).color == COLORS[3]


@pytest.fixture
async def moscow(database: str) -> City:
    return await City.create(
        key="moscow", name_ru="Москва", name_en="Moscow", lat=HERE[0], lon=HERE[1],
        population=1, timezone="Europe/Moscow",
    )  # fmt: skip


async def store(city: City, brand_id: int, key: str, north_km: float) -> Store:
    """So far north of where the person stands."""
    degree = distance_km(*HERE, HERE[0] + 1, HERE[1])
    return await Store.create(
        city_id=city.id, brand_id=brand_id, key=key, address=key,
        lat=HERE[0] + north_km / degree, lon=HERE[1], hours="",
    )  # fmt: skip


async def test_the_nearest_store_of_each_brand_within_thirty_kilometres(
    ctx: Context, moscow: City, database: str, carry: CarryCard
) -> None:
    event = await issued_card(ctx, 1)
    anna = await Customer.get(id=event.customer_id)
    brand = await Brand.get(key="coffee")
    await carry(anna, "Аптека", "5550001")
    await store(moscow, brand.id, "far", 30.2)
    found = await wallet_in_order(ctx, anna)
    assert len(found) == 2
    assert FARTHEST_KM == 30.0
    assert await cards_near(found, HERE) == [], "a little more than thirty kilometres"
    edge = await store(moscow, brand.id, "edge", 29.9)
    (near,) = await cards_near(found, HERE)
    assert (near.store.id, near.kept.id) == (edge.id, event.card_id)
    assert near.km == pytest.approx(29.9, abs=0.01)
    close = await store(moscow, brand.id, "close", 2)
    (near,) = await cards_near(found, HERE)
    assert near.store.id == close.id
    await store(moscow, brand.id, "upstairs", 2)
    (near,) = await cards_near(found, HERE)
    assert near.km == pytest.approx(2, abs=0.01), "two at one address"


async def test_the_nearest_come_first_and_only_so_many(ctx: Context, moscow: City) -> None:
    event = await issued_card(ctx, 1)
    anna = await Customer.get(id=event.customer_id)
    brand = await Brand.get(key="coffee")
    await store(moscow, brand.id, "five", 5)
    (kept,) = await wallet_in_order(ctx, anna)
    other = await Brand.create(
        key="tea", program_id=brand.program_id, category_id=brand.category_id, name_ru="Чай",
        name_en="Tea", primary_color="#000000", secondary_color="#ffffff",
    )  # fmt: skip
    second = await Card.create(
        customer=anna, brand=other, printed_number="2", barcode_value="2",
        barcode_format="code128", origin="external", created_at=ctx.clock(),
    )  # fmt: skip
    await store(moscow, other.id, "one", 1)
    found = [kept, await open_wallet_card(ctx, anna, second.id)]
    assert [each.store.key for each in await cards_near(found, HERE)] == ["one", "five"]
    assert [each.store.key for each in await cards_near(found, HERE, limit=1)] == ["one"]
