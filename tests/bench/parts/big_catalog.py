"""A catalog as large as the product has to bear, the same in every run."""

import random
from datetime import UTC, datetime, timedelta

from models.account import Account
from models.barcode_format import BarcodeFormat
from models.brand import Brand
from models.category import Category
from models.city import City
from models.offer import Offer, OfferCity, OfferStatus
from models.program import Program
from models.store import Store

OFFERS, BRANDS, CITIES, CATEGORIES, STORES = 10_000, 2_000, 400, 14, 20_000
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
SYLLABLES = (
    "ва", "ро", "ми", "ка", "лен", "то", "ди", "са", "пе", "ну",
    "бо", "ри", "ша", "гор", "ель", "инь", "арт", "юм", "зе", "фо",
)  # fmt: skip
BATCH = 2000


async def fill() -> None:
    """One offer in ten holds everywhere, the others in one to ten cities; some are over, some
    have not begun, a few are drafts or paused."""
    dice = random.Random(2026)
    account = await Account.create(
        key="big", legal_name_ru="ООО «Большой»", legal_name_en="Big LLC", address_ru="Москва",
        address_en="Moscow", inn="0000000000", ogrn="0000000000000",
        privacy_email="privacy@big.example", timezone="Europe/Moscow", created_at=NOW,
    )  # fmt: skip
    program = await Program.create(
        account_id=account.id, key="big", name_ru="Большой", name_en="Big",
        barcode_format=BarcodeFormat.QR, primary_color="#111111", secondary_color="#222222",
        recognition=[{"format": "code128", "prefix": "BIG"}],
    )  # fmt: skip
    await Program.bulk_create((_program(n, account.id) for n in range(BRANDS)), batch_size=BATCH)
    await Category.bulk_create(_category(n) for n in range(CATEGORIES))
    await City.bulk_create(_city(n, dice) for n in range(CITIES))
    shelves = [row.id for row in await Category.all()]
    cities = [row.id for row in await City.all()]
    names = _names(dice)
    await Brand.bulk_create(
        (_brand(n, names[n], program.id, shelves[n % CATEGORIES]) for n in range(BRANDS)),
        batch_size=BATCH,
    )
    brands = [row.id for row in await Brand.all()]
    await Offer.bulk_create((_offer(n, brands, dice) for n in range(OFFERS)), batch_size=BATCH)
    await _place_offers(cities, dice)
    await Store.bulk_create(
        (_store(n, brands, cities, dice) for n in range(STORES)), batch_size=BATCH
    )


def _names(dice: random.Random) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < BRANDS:
        found["".join(dice.choices(SYLLABLES, k=dice.randint(2, 4))).capitalize()] = None
    return list(found)


def _program(n: int, account_id: int) -> Program:
    """Without a brand: one among many whose numbers look like something."""
    return Program(
        account_id=account_id, key=f"program-{n}", name_ru=f"Программа {n}", name_en=f"Program {n}",
        barcode_format=BarcodeFormat.EAN13, primary_color="#111111", secondary_color="#222222",
        recognition=[{"format": "ean13", "prefix": f"29{n:04d}"}],
    )  # fmt: skip


def _category(n: int) -> Category:
    return Category(
        key=f"shelf-{n}", name_ru=f"Полка {n}", name_en=f"Shelf {n}", emoji="🛒", position=n
    )


def _city(n: int, dice: random.Random) -> City:
    return City(
        key=f"city-{n}", name_ru=f"Город {n}", name_en=f"City {n}", lat=dice.uniform(43, 68),
        lon=dice.uniform(20, 160), population=10_000_000 // (n + 1), timezone="Europe/Moscow",
    )  # fmt: skip


def _brand(n: int, name: str, program_id: int, category_id: int) -> Brand:
    return Brand(
        program_id=program_id, category_id=category_id, key=f"brand-{n}", name_ru=name,
        name_en=f"Brand {n}", aliases=[f"{name} клуб"], about_ru="Живёт рядом. " * 20,
        primary_color="#111111", secondary_color="#222222",
    )  # fmt: skip


def _offer(n: int, brands: list[int], dice: random.Random) -> Offer:
    scheduled = dice.random()
    return Offer(
        brand_id=brands[n % BRANDS], key=f"offer-{n}", benefit_ru=f"Подарок номер {n}",
        benefit_en=f"Gift number {n}", terms_ru="Покажите карту на кассе. " * 20,
        terms_en="Show the card at the till. " * 20, everywhere=dice.random() < 0.1,
        starts_at=NOW + timedelta(days=dice.randint(-90, 5)) if scheduled < 0.3 else None,
        ends_at=NOW + timedelta(days=dice.randint(-5, 90)) if scheduled > 0.7 else None,
        status=OfferStatus.DRAFT if dice.random() < 0.02 else OfferStatus.PUBLISHED,
        position=dice.randint(1, 500),
    )  # fmt: skip


async def _place_offers(cities: list[int], dice: random.Random) -> None:
    """The larger a city, the more offers hold there."""
    weights = [1 / (n + 10) for n in range(CITIES)]
    places = [
        OfferCity(offer_id=offer_id, city_id=city_id)
        for offer_id in await Offer.filter(everywhere=False).values_list("id", flat=True)
        for city_id in set(dice.choices(cities, weights, k=dice.randint(1, 10)))
    ]
    await OfferCity.bulk_create(places, batch_size=BATCH)


def _store(n: int, brands: list[int], cities: list[int], dice: random.Random) -> Store:
    return Store(
        brand_id=dice.choice(brands), city_id=dice.choice(cities), key=f"store-{n}",
        address=f"ул. Полевая, {n}", lat=dice.uniform(43, 68), lon=dice.uniform(20, 160),
        hours="09:00-21:00",
    )  # fmt: skip
