"""The first screen, the search prompt and what was found."""

from collections import Counter
from collections.abc import Collection

from backend.platform.words import Translator
from bot.screens.parts import (
    benefit,
    brand_name,
    city_name,
    cut,
    escape,
    home_button,
    offers_button,
    primary,
)
from bot.screens.screen import Button, Rows, Screen
from bot.taps.browse import Categories, Cities, OpenOffer, PickCity, Search
from bot.taps.home import OpenSettings
from bot.taps.issue import Resume
from bot.taps.pocket import Cards
from models.city import City
from models.offer import Offer


def home(words: Translator, city: City | None, cards: int, *, resume: bool) -> Screen:
    name = city_name(words, city)
    rows: Rows = (
        (primary(words("home-offers"), Categories().pack()),),
        (Button(words("home-cards", count=cards), tap=Cards().pack()),),
        (
            Button(words("home-search"), tap=Search().pack()),
            Button(words("home-city", city=name), tap=Cities().pack()),
        ),
        (Button(words("home-settings"), tap=OpenSettings().pack()),),
    )
    if resume:
        rows = ((primary(words("home-resume"), Resume().pack()),), *rows)
    return Screen(words.html("home-title", city=name), rows)


def search_prompt(words: Translator) -> Screen:
    return Screen(words.html("search-prompt"), ((home_button(words),),))


def offer_rows(words: Translator, offers: list[Offer]) -> Rows:
    """Two buttons in a row, named by brand: what it gives stands in the text above. A brand
    with several offers on the screen gets wide buttons that tell them apart."""
    brands = Counter(offer.brand_id for offer in offers)
    rows: list[tuple[Button, ...]] = []
    for offer in offers:
        tap = OpenOffer(id=offer.id).pack()
        name = brand_name(words, offer.brand)
        if brands[offer.brand_id] > 1:
            rows.append((Button(cut(f"{name} — {benefit(words, offer)}", 60), tap=tap),))
        elif rows and len(rows[-1]) == 1 and "—" not in rows[-1][0].label:
            rows[-1] = (*rows[-1], Button(name, tap=tap))
        else:
            rows.append((Button(name, tap=tap),))
    return tuple(rows)


def offer_line(words: Translator, offer: Offer, empty: Collection[int]) -> str:
    """`empty`: programs without free numbers."""
    line = words.html(
        "catalog-line", brand=brand_name(words, offer.brand), benefit=benefit(words, offer)
    )
    if offer.brand.program_id in empty:
        line += " · " + words.html("catalog-out")
    return line


def found(
    words: Translator,
    typed: str,
    offers: list[Offer],
    city: City | None,
    there: City | None = None,
    *,
    empty: Collection[int] = (),
) -> Screen:
    """`city`: where the person is. `there`: the city that was typed, to go to. `empty`: programs
    without free numbers."""
    typed = cut(typed, 60)
    choose: Rows = ()
    if there is not None:
        label = words("search-city-button", city=city_name(words, there))
        choose = ((primary(label, PickCity(id=there.id).pack()),),)
    if not offers and there is not None:
        text = words.html("search-city", city=city_name(words, there))
        rows = (*choose, (offers_button(words),), (home_button(words),))
        return Screen(text, rows, fresh=True)
    if not offers:
        where = words("search-nothing-where", city=city_name(words, city)) if city else ""
        rows = ((offers_button(words),), (home_button(words),))
        return Screen(words.html("search-nothing", typed=typed, where=where), rows, fresh=True)
    lines = [offer_line(words, offer, empty) for offer in offers]
    text = f"{escape(words('search-found', typed=typed))}\n\n" + "\n".join(lines)
    back = (offers_button(words), home_button(words))
    return Screen(text, (*choose, *offer_rows(words, offers), back), fresh=True)
