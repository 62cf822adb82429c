"""A card is found by every name that its brand has, by its shelf, and by the end of its number."""

import pytest

from backend.cards.pocket.find_cards import find_cards
from backend.cards.pocket.owner_notes import OwnerNotes
from backend.cards.pocket.partner_match import same_name
from backend.cards.pocket.wallet import wallet_in_order
from backend.cards.pocket.wallet_card import EXTERNAL_COLOR, WalletCard
from backend.platform.context import Context
from models.brand import Brand
from models.card import Card
from models.customer import Customer
from models.wallet_entry import WalletEntry
from tests.support.factory.cards import issued_card


def own(number: int, name: str, printed: str, carried: str = "") -> WalletCard:
    card = Card(id=number, printed_number=printed, barcode_value=carried or printed)
    card.brand = card.program = None
    return WalletCard(card, OwnerNotes(name=name))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("21", [1, 3]),
        ("00 21", [3]),
        ("1", [1]),  # one digit tells no cards apart: the name alone
        ("b-77", [2]),
        ("C0FFEE", [2]),
        ("магазин 21", [1]),
        ("4822", []),
        ("7", []),
    ],
)
def test_digits_are_taken_as_they_are(typed: str, found: list[int]) -> None:
    cards = [
        own(1, "Магазин 21", "9900 4821"),
        own(2, "Аптека", "AB-77", "https://x.example/c0ffee"),
        own(3, "Чай", "5550021"),
    ]
    assert [kept.id for kept in find_cards(cards, typed)] == found


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("точка", True),
        ("dot", True),
        ("лось", True),
        ("напитки", True),
        ("drinks", True),
        ("аптека", False),
    ],
)
async def test_a_brands_card_is_found_in_both_languages_and_by_its_shelf(
    ctx: Context, database: str, typed: str, found: bool
) -> None:
    event = await issued_card(ctx, 1)
    brand = await Brand.get(id=event.brand_id).select_related("category")
    brand.aliases, brand.category.name_ru, brand.category.name_en = ["Лось"], "Напитки", "Drinks"
    await brand.save()
    await brand.category.save()
    cards = await wallet_in_order(ctx, await Customer.get(id=event.customer_id))
    assert [kept.id for kept in find_cards(cards, typed)] == [event.card_id] * found


BRAND = Brand(name_ru="Пятёрочка", name_en="Pyaterochka", aliases=["Х5", "Лиса"])


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Пятёрочка", True),
        ("  ПЯТЕРОЧКА ", True),
        ("pyaterochka", True),
        ("Пятерочко", True),  # one slip
        ("Пятреочка", True),  # two letters swapped
        ("Пятерочки!", True),
        ("Петерочко", False),  # two slips
        ("Пятёрочка у дома", False),
        ("лиса", True),
        ("лист", False),  # four letters: none may be wrong
        ("х5", True),
        ("х4", False),
        ("", False),
        ("!", False),
    ],
)
def test_a_name_is_the_brands_with_one_slip_if_it_is_long(name: str, same: bool) -> None:
    assert same_name(name, BRAND) is same


def test_five_letters_are_long_enough_for_a_slip() -> None:
    market = Brand(name_ru="Лента", name_en="Lenta", aliases=[])
    assert same_name("Лекта", market)
    assert not same_name("Лект", market)


def test_a_card_is_called_by_its_owner_else_by_its_brand_else_by_its_number() -> None:
    bare = own(1, "", "5550001")
    assert (bare.name("ru"), bare.color, bare.uses, bare.position) == (
        "5550001", EXTERNAL_COLOR, 0, None,
    )  # fmt: skip
    assert (bare.drawn, bare.starred, bare.expires_at, bare.category) == (True, False, None, None)
    assert own(1, "Сыр", "5550001").name("en") == "Сыр"
    painted = WalletCard(bare.card, entry=WalletEntry(color="#112233", uses=3, position=0))
    assert (painted.color, painted.uses, painted.position) == ("#112233", 3, 0)
