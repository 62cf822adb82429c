"""Walking the catalog: what holds here and now, counted once, page by page."""

from datetime import timedelta

import pytest

from backend.browse import browse, cities_with_offers
from backend.offer_page import cities_of
from catalog.shelves.browse import (
    offers_of_brand,
    open_offer,
    search,
    shelves,
    stores_near,
)
from catalog.shelves.search import BrandSearch
from models.brand import Brand
from models.category import Category
from models.city import City
from models.offer import Offer, OfferCity, OfferStatus
from models.refusal import Code, Refusal
from models.store import Store
from tests.support.clock import START as NOW
from tests.support.factory.brands import another_offer, make_account, make_offer, make_program

pytestmark = pytest.mark.usefixtures("database")
SECOND = timedelta(seconds=1)


@pytest.fixture
async def brand() -> Brand:
    """A coffee shop with one offer that holds everywhere."""
    offer = await make_offer(await make_program(await make_account()))
    return await Brand.get(id=offer.brand_id)


async def make_city(key: str, population: int = 100_000) -> City:
    return await City.create(
        key=key,
        name_ru=key.title(),
        name_en=key.title(),
        lat=55.0,
        lon=37.0,
        population=population,
        timezone="Europe/Moscow",
    )


async def only_in(brand: Brand, key: str, *cities: City, **more: object) -> Offer:
    offer = await another_offer(brand, key, **{"everywhere": False, **more})
    for city in cities:
        await OfferCity.create(offer_id=offer.id, city_id=city.id)
    return offer


async def keys(city: City | None = None, page: int = 0, size: int = 50) -> list[str]:
    found = await browse(NOW, city.id if city else None, None, page, size)
    return [offer.key for offer in found.offers]


async def test_a_city_sees_its_own_offers_and_those_that_hold_everywhere(brand: Brand) -> None:
    perm, omsk = await make_city("perm"), await make_city("omsk")
    await only_in(brand, "perm", perm)
    await only_in(brand, "both", perm, omsk)
    assert await keys(perm) == ["romashka-offer", "perm-offer", "both-offer"]
    assert await keys(omsk) == ["romashka-offer", "both-offer"]
    assert await keys() == ["romashka-offer", "perm-offer", "both-offer"]


async def test_everywhere_and_in_named_cities_too_is_still_one_offer(brand: Brand) -> None:
    """Listed once, counted once, found once: whatever the rows say."""
    perm, omsk = await make_city("perm"), await make_city("omsk")
    await only_in(brand, "double", perm, omsk, everywhere=True)
    for city in (perm, omsk, None):
        city_id = city.id if city else None
        found = await browse(NOW, city_id, None, 0, 50)
        assert [o.key for o in found.offers] == ["romashka-offer", "double-offer"]
        assert found.total == 2
        assert [shelf.offers for shelf in await shelves(NOW, city_id)] == [2]
        assert len(await search(BrandSearch(), NOW, city_id, "бренд ромашка")) == 2


@pytest.mark.parametrize(
    ("starts", "ends", "shown"),
    [
        (None, None, True),
        (NOW, None, True),
        (NOW + SECOND, None, False),
        (None, NOW, False),
        (None, NOW + SECOND, True),
        (NOW - SECOND, NOW, False),
        (NOW, NOW + SECOND, True),
    ],
)
async def test_the_first_moment_is_in_and_the_end_is_the_first_moment_after(
    brand: Brand, starts: object, ends: object, *, shown: bool
) -> None:
    await another_offer(brand, "timed", starts_at=starts, ends_at=ends)
    assert ("timed-offer" in await keys()) is shown
    counted = (await shelves(NOW, None))[0].offers
    assert counted == (2 if shown else 1)


@pytest.mark.parametrize("status", [s for s in OfferStatus if s is not OfferStatus.PUBLISHED])
async def test_only_what_is_published_is_shown(brand: Brand, status: OfferStatus) -> None:
    hidden = await another_offer(brand, "hidden", status=status)
    assert await keys() == ["romashka-offer"]
    assert [o.key for o in await offers_of_brand(NOW, brand.id)] == ["romashka-offer"]
    with pytest.raises(Refusal) as refused:
        await open_offer(NOW, hidden.id)
    never_seen = status is OfferStatus.DRAFT
    assert refused.value.code is (Code.OFFER_NOT_FOUND if never_seen else Code.OFFER_ENDED)


async def test_opening_an_offer_says_whether_it_is_over_or_never_was(brand: Brand) -> None:
    over = await another_offer(brand, "over", ends_at=NOW)
    coming = await another_offer(brand, "coming", starts_at=NOW + SECOND)
    for offer_id, code in (
        (over.id, Code.OFFER_ENDED),
        (coming.id, Code.OFFER_NOT_FOUND),
        (999_999, Code.OFFER_NOT_FOUND),
    ):
        with pytest.raises(Refusal) as refused:
            await open_offer(NOW, offer_id)
        assert refused.value.code is code


async def test_an_open_offer_brings_what_its_page_shows(brand: Brand) -> None:
    first = await Offer.get()
    offer = await open_offer(NOW, first.id)
    assert offer.brand.program.account.key == "romashka"
    assert offer.brand.category.key == "coffee"


async def test_pages_follow_the_operators_order_and_end(brand: Brand) -> None:
    for number in range(7):
        await another_offer(brand, f"n{number}", position=number)
    in_order = [f"n{number}-offer" for number in range(7)] + ["romashka-offer"]
    assert await keys(size=3) == in_order[:3]
    assert await keys(page=1, size=3) == in_order[3:6]
    assert await keys(page=2, size=3) == in_order[6:]
    past = await browse(NOW, None, None, 99, 3)
    assert (past.page, past.pages, past.total) == (2, 3, 8)
    assert [o.key for o in past.offers] == in_order[6:]
    assert (await browse(NOW, None, None, -5, 3)).page == 0


async def test_shelves_stand_in_order_and_empty_ones_are_not_shown(brand: Brand) -> None:
    pets = await Category.create(
        key="pets", name_ru="Питомцы", name_en="Pets", emoji="🐾", position=0
    )
    await Category.create(key="books", name_ru="Книги", name_en="Books", emoji="📚", position=2)
    second = await make_offer(await make_program(await make_account("zoo"), "zoo"), "zoo")
    await Brand.filter(id=second.brand_id).update(category_id=pets.id)
    found = await shelves(NOW, None)
    assert [(shelf.category.key, shelf.offers) for shelf in found] == [("pets", 1), ("coffee", 1)]
    on_shelf = await browse(NOW, None, pets.id, 0, 10)
    assert [offer.key for offer in on_shelf.offers] == ["zoo-offer"]
    assert on_shelf.total == 1


async def test_an_empty_catalog_is_an_empty_page() -> None:
    found = await browse(NOW, None, None, 3, 6)
    assert (found.offers, found.page, found.pages, found.total) == ([], 0, 1, 0)
    assert await shelves(NOW, None) == []
    assert await search(BrandSearch(), NOW, None, "кофе") == []


async def test_cities_of_an_offer_and_of_the_catalog_come_largest_first(brand: Brand) -> None:
    perm = await make_city("perm", 1_000_000)
    omsk = await make_city("omsk", 1_100_000)
    await make_city("nowhere", 9_000_000)
    offer = await only_in(brand, "two", perm, omsk)
    await only_in(brand, "again", perm)
    assert [city.key for city in await cities_of(offer)] == ["omsk", "perm"]
    page = await cities_with_offers(0, 1)
    assert ([city.key for city in page.cities], page.pages) == (["omsk"], 2)
    assert [city.key for city in (await cities_with_offers(9, 1)).cities] == ["perm"]


async def test_stores_come_nearest_first_or_by_address(brand: Brand) -> None:
    """Яна stands near the station; Юра has told no place."""
    perm, omsk = await make_city("perm"), await make_city("omsk")
    for city, address, lat in ((perm, "Б", 58.0), (perm, "А", 58.2), (omsk, "В", 54.9)):
        await Store.create(
            brand_id=brand.id, city_id=city.id, key=address, address=address, lat=lat, lon=56.2,
            hours="Mo-Su 09:00-21:00",
        )  # fmt: skip
    near = await stores_near(brand.id, perm.id, (58.01, 56.2))
    assert [place.store.address for place in near] == ["Б", "А"]
    assert near[0].km == pytest.approx(1.1, abs=0.1)
    assert [p.store.address for p in await stores_near(brand.id, perm.id)] == ["А", "Б"]
    assert len(await stores_near(brand.id, None)) == 3
    assert len(await stores_near(brand.id, None, limit=1)) == 1
