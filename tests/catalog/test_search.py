"""What people type, and the brand of the demo pack that they mean."""

from datetime import timedelta
from pathlib import Path

import pytest

from backend.platform.context import Context
from catalog.pack.read import read_pack
from catalog.pack.shapes import Brand as PackBrand
from catalog.reference.reference import Category as PackCategory
from catalog.reference.reference import load_reference
from catalog.scope import brands_in_catalog
from catalog.shelves.browse import search
from catalog.shelves.search import FRESH, NAME, BrandSearch, SearchIndex
from catalog.words import fold, latin, other_layout
from models.brand import Brand
from models.category import Category
from models.program import Program
from tests.support.clock import START as NOW
from tests.support.factory.brands import another_offer, make_account, make_program

DEMO = Path(__file__).parents[2] / "demo"


@pytest.fixture(scope="module")
def demo() -> list[PackBrand]:
    """The brands of the demo pack, read once."""
    pack = read_pack(DEMO)
    return [brand for account in pack.accounts for brand in account.brands]


@pytest.fixture
async def brands(demo: list[PackBrand], database: str) -> dict[int, str]:
    """On their shelves, each with an offer; id → key."""
    program = await make_program(await make_account())
    shelves = load_reference().categories
    for each in demo:
        shelf = shelves[each.entry.category]
        await make_brand(program, each, await shelf_row(shelf))
    return {brand.id: brand.key for brand in await brands_in_catalog()}


@pytest.fixture
def names() -> BrandSearch:
    return BrandSearch()


async def find(names: BrandSearch, typed: str) -> list[int]:
    return await names.find(NOW, typed)


async def shelf_row(shelf: PackCategory) -> Category:
    names = {"name_ru": shelf.ru, "name_en": shelf.en}
    row, _ = await Category.get_or_create(
        key=shelf.key, defaults={**names, "emoji": shelf.emoji, "position": shelf.position}
    )
    return row


async def make_brand(program: Program, brand: PackBrand, shelf: Category) -> None:
    row = await Brand.create(
        program_id=program.id,
        category_id=shelf.id,
        key=brand.key,
        name_ru=brand.entry.name.ru,
        name_en=brand.entry.name.en,
        aliases=list(brand.entry.aliases),
        primary_color="#1F6F50",
        secondary_color="#F4C95D",
    )
    await another_offer(row, brand.key)


TYPED = {
    "snezhich": ("Снежич", "снежыч", "снжеич", "snezhich", "Snejich", "cyt;bx", "СНЕЖИЧ", "снеж"),
    "sukno": ("сукно и север", "сукно север", "север сукно", "sukno", "ceryj", "cукно", "сукна"),
    "tikhoshag": ("Тихошаг", "тихашаг", "tikhoshag", "тихий шаг", "nb[jifu", "тихошаг!"),
    "lukograd": ("лукоград", "лукогрод", "лкуоград", "lukograd", "kerjuhfl", "лукаград"),
    "popcorn": ("попкорн палыч", "папкорн", "popcorn", "палыч", "gjgrjhy", "попкорн полыч"),
    "pionovaya": ("Пионовая 12", "пионовая", "пионавоя", "pionovaya", "gbjyjdfz"),
    "polovnik": ("половник", "половник петровны", "петровна", "polovnik", "gjkjdybr"),
    "zernopar": ("зернопар", "зерно пар", "зирнопар", "zernopar", "pthyjgfh", "зернапаар"),
    "voltobor": ("вольтобор", "вальтабор", "voltobor", "djkmnj,jh", "вольтбор"),
    "barbosville": ("барбосвиль", "барбасвиль", "barbosville", "барбос", ",fh,jcdbkm"),
}


async def test_the_demo_brand_that_was_meant_comes_first(
    brands: dict[int, str], names: BrandSearch
) -> None:
    """Russian, Latin, the wrong layout, a letter or two wrong, swapped or missing."""
    missed = []
    for key, words in TYPED.items():
        for typed in words:
            found = [brands[brand_id] for brand_id in await find(names, typed)]
            if found[:1] != [key]:
                missed.append((typed, key, found[:3]))
    assert not missed


async def test_every_name_and_alias_finds_its_brand_also_with_a_letter_wrong(
    brands: dict[int, str], names: BrandSearch
) -> None:
    for brand in await Brand.all():
        for name in (brand.name_ru, brand.name_en):
            spoilt = name[:2] + "щ" + name[3:]
            for typed in (name, spoilt, name[:-1], name.upper(), latin(fold(name))):
                found = await find(names, typed)
                assert found[0] == brand.id, f"{typed!r} gave {brands[found[0]]}"
        for alias in brand.aliases:
            assert brand.id in await find(names, alias), alias


NONSENSE = (
    "ъыщщ", "qqqqzzzz", "12345678", "🙂🙂🙂", "   ", "…", "бржвхцщ", "x" * 500, "%_'; --"
)  # fmt: skip


async def test_nonsense_finds_nothing(brands: dict[int, str], names: BrandSearch) -> None:
    assert {typed: found for typed in NONSENSE if (found := await find(names, typed))} == {}


async def test_one_letter_finds_what_begins_with_it(
    brands: dict[int, str], names: BrandSearch
) -> None:
    found = {brands[brand_id] for brand_id in await find(names, "з")}
    assert "zernopar" in found
    assert "tikhoshag" not in found
    assert len(found) < len(brands) / 2


async def test_a_shelf_finds_its_brands_after_those_named_like_it(
    brands: dict[int, str], names: BrandSearch
) -> None:
    found = [brands[brand_id] for brand_id in await find(names, "кофе")]
    assert {"zernopar", "bublikovo"} <= set(found)
    assert found[0] == "zernopar"


async def test_several_words_have_to_fit_all(brands: dict[int, str], names: BrandSearch) -> None:
    assert await find(names, "зернопар стройматериалы") == []


def test_of_several_words_the_one_that_fits_worst_decides() -> None:
    """Both are of «Кофе»; the other word tells them apart."""
    index = SearchIndex.of([(1, "Кофе Зернопат", NAME), (2, "Кофе Зернопар", NAME)])
    assert index.find("зернопар кофе", 9) == [2, 1]
    assert index.find("зернопат кофе", 9) == [1, 2]


async def test_offers_come_brand_by_brand_as_the_words_fit(
    ctx: Context, brands: dict[int, str]
) -> None:
    found = await search(ctx.brands, ctx.clock(), None, "лукогрод")
    assert found
    assert found[0].brand.key == "lukograd"
    assert await search(ctx.brands, ctx.clock(), None, "бржвхцщ") == []


async def test_a_new_name_is_found_half_a_minute_later(
    brands: dict[int, str], names: BrandSearch
) -> None:
    assert await names.find(NOW, "ромашковый рай") == []
    await Brand.filter(key="zernopar").update(name_ru="Ромашковый рай")
    assert timedelta(seconds=30) == FRESH
    assert await names.find(NOW + FRESH, "ромашковый рай") == []
    found = await names.find(NOW + FRESH + timedelta(seconds=1), "ромашковый рай")
    assert [brands[brand_id] for brand_id in found] == ["zernopar"]


async def test_a_new_name_is_found_at_once_when_the_catalog_was_changed_here_or_the_clock_put_back(
    brands: dict[int, str], names: BrandSearch
) -> None:
    others = BrandSearch()
    for each in (names, others):
        assert await each.find(NOW, "ромашковый рай") == []
    await Brand.filter(key="zernopar").update(name_ru="Ромашковый рай")
    names.forget()
    assert len(await names.find(NOW, "ромашковый рай")) == 1
    assert await others.find(NOW, "ромашковый рай") == [], "each process has its own"
    assert len(await others.find(NOW - timedelta(days=1), "ромашковый рай")) == 1


def test_words_are_folded_before_they_meet() -> None:
    assert fold("  «Ёлки-Палки»! ") == "елки палки"
    assert latin(fold("Щёлково")) == "schelkovo"
    assert other_layout("rjat") == "кофе"
    assert other_layout("ыфду") == "sale"
    assert len(fold("а" * 500)) == 100
