"""Shelves of the catalog, pages of offers, and the list where several are picked."""

from collections.abc import Collection

from backend.platform.words import Translator
from bot.screens.home.home import offer_line, offer_rows
from bot.screens.parts import back_button, category_name, city_name, home_button, pager, primary
from bot.screens.screen import Button, Rows, Screen
from bot.taps.browse import Catalog, Categories, Cities, PickCity, Search
from bot.taps.issue import Basket
from catalog.shelves.browse import OfferPage, Shelf
from models.category import Category
from models.city import City


def shelves(words: Translator, city: City | None, found: list[Shelf]) -> Screen:
    name = city_name(words, city)
    way_back = (
        Button(words("catalog-other-city"), tap=Cities().pack()),
        home_button(words),
    )
    if not found:
        everywhere = Button(words("city-everywhere"), tap=PickCity(id=0).pack())
        return Screen(words.html("catalog-empty", city=name), ((everywhere,), way_back))
    buttons = [_shelf_button(words, shelf) for shelf in found]
    total = sum(shelf.offers for shelf in found)
    rows: Rows = (
        (primary(words("catalog-all", count=total), Catalog().pack()),),
        *(tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2)),
        (Button(words("catalog-pick-several"), tap=Basket().pack()),),
        (Button(words("home-search"), tap=Search().pack()),),
        way_back,
    )
    return Screen(words.html("catalog-title", city=name), rows)


def _shelf_button(words: Translator, shelf: Shelf) -> Button:
    category = shelf.category
    label = words(
        "catalog-shelf",
        emoji=category.emoji,
        name=category_name(words, category),
        count=shelf.offers,
    )
    return Button(label, tap=Catalog(category=category.id).pack())


def offers_page(
    words: Translator,
    city: City | None,
    category: Category | None,
    found: OfferPage,
    empty: Collection[int] = (),
) -> Screen:
    """`empty`: programs without free numbers."""
    chosen = category.id if category else 0
    lines = [offer_line(words, offer, empty) for offer in found.offers]
    pages = pager(words, found.page, found.pages, lambda n: Catalog(category=chosen, page=n).pack())
    several = Basket(category=chosen, page=found.page).pack()
    rows: Rows = (
        *offer_rows(words, found.offers),
        *((pages,) if pages else ()),
        (Button(words("catalog-pick-several"), tap=several),),
        (back_button(words, Categories().pack()), home_button(words)),
    )
    title = _title(words, city, category)
    body = "\n\n".join(lines) if lines else words.html("card-brand-offers-none")
    return Screen(f"{title}\n\n{body}", rows)


def _title(words: Translator, city: City | None, category: Category | None) -> str:
    name = city_name(words, city)
    if category is None:
        return words.html("catalog-all-title", city=name)
    return words.html(
        "catalog-shelf-title",
        emoji=category.emoji,
        name=category_name(words, category),
        city=name,
    )
