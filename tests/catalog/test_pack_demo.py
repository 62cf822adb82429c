"""The demo pack is right, varied, and drawn by the project."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from catalog.pack.read import read_pack
from catalog.pack.shapes import Pack
from catalog.questions.question import CUSTOM_TYPES
from models.offer import OfferStatus
from tests.support.demo_art.art import read_art
from tests.support.demo_art.logo import logo_png
from tests.support.demo_art.offer_picture import picture_jpeg

DEMO = Path(__file__).parents[2] / "demo"
NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def art_keys() -> set[str]:
    return {art.key for art in read_art(DEMO)}


@pytest.fixture
def demo() -> Pack:
    return read_pack(DEMO)


def test_it_shows_many_brands_in_many_ways(demo: Pack) -> None:
    brands = [brand for account in demo.accounts for brand in account.brands]
    programs = [program for account in demo.accounts for program in account.programs]
    assert len(brands) >= 16
    assert len({brand.entry.category for brand in brands}) >= 8
    assert len({store.city for brand in brands for store in brand.stores}) >= 8
    assert len({program.entry.barcode_format for program in programs}) == 11
    shared = Counter(brand.entry.program for brand in brands)
    assert max(shared.values()) == 2
    two = [a for a in demo.accounts if len(a.brands) == len(a.programs) == 2]
    assert [account.key for account in two] == ["severnoe-atelie"]
    own = {f.type for p in programs for f in p.entry.questionnaire if f.type in CUSTOM_TYPES}
    assert own == set(CUSTOM_TYPES)
    assert {program.entry.min_age for program in programs} == {None, 14, 18}


def test_pools_are_full_but_for_two(demo: Pack) -> None:
    counts = {
        program.key: program.numbers.count
        for account in demo.accounts
        for program in account.programs
        if program.numbers
    }
    assert len(counts) == 16
    assert counts.pop("gvozdograd-master") == 150
    assert counts.pop("popcorn-row") == 0
    assert min(counts.values()) >= 300


def test_offers_are_in_every_state(demo: Pack) -> None:
    offers = [o for a in demo.accounts for brand in a.brands for o in brand.offers]
    statuses = {offer.entry.status for offer in offers}
    assert {OfferStatus.PUBLISHED, OfferStatus.DRAFT, OfferStatus.PAUSED} <= statuses
    assert any(offer.entry.ends and offer.entry.ends < NOW for offer in offers)
    assert any(offer.entry.starts and offer.entry.starts > NOW for offer in offers)
    assert any(offer.entry.cities is None for offer in offers)
    assert any(offer.entry.cities for offer in offers)


def test_every_brand_has_three_shops_in_each_of_its_cities(demo: Pack) -> None:
    for account in demo.accounts:
        for brand in account.brands:
            per_city = Counter(store.city for store in brand.stores)
            assert per_city
            assert min(per_city.values()) >= 3
            for offer in brand.offers:
                assert set(offer.entry.cities or ()) <= set(per_city)


def test_every_account_is_an_invention(demo: Pack) -> None:
    assert len({account.entry.inn for account in demo.accounts}) == len(demo.accounts)
    for account in demo.accounts:
        assert account.entry.inn.startswith("00")
        assert account.entry.privacy_email.endswith(".example")
        assert account.entry.inn in account.personal_data.ru.text
        assert account.entry.address.ru in account.personal_data.ru.text


def test_all_pictures_are_drawn_from_the_art(demo: Pack, art_keys: set[str]) -> None:
    assert art_keys == {brand.key for account in demo.accounts for brand in account.brands}
    assert sum(file.stat().st_size for file in DEMO.rglob("*") if file.is_file()) < 6_000_000
    drawn = {f"{art.key}-{picture.key}" for art in read_art(DEMO) for picture in art.pictures}
    assert drawn == {o.key for a in demo.accounts for brand in a.brands for o in brand.offers}


def test_drawing_twice_gives_the_same_bytes() -> None:
    art = read_art(DEMO)[0]
    assert logo_png(art) == logo_png(art)
    assert picture_jpeg(art, art.pictures[0]) == picture_jpeg(art, art.pictures[0])
