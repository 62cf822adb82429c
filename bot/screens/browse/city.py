"""Where the person shops: a list, a guess at what was typed, a location."""

from backend.platform.words import Translator
from bot.screens.home.keys import CANCEL
from bot.screens.parts import city_name, home_button, pager
from bot.screens.screen import Ask, AskKeyboard, Button, Rows, Screen
from bot.taps.browse import Cities, NearestCity, PickCity
from catalog.shelves.cities import CityPage
from models.city import City


def city_rows(words: Translator, cities: list[City]) -> Rows:
    """Two in a row."""
    buttons = [Button(city_name(words, city), tap=PickCity(id=city.id).pack()) for city in cities]
    return tuple(tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2))


def choose_city(
    words: Translator, listed: CityPage, *, first: bool = False, lives: City | None = None
) -> Screen:
    """`first`: at the very first /start, with the hero's words above. `lives`: where the person
    lives, as a first guess."""
    cities = [*([lives] if lives else []), *(c for c in listed.cities if c != lives)]
    pages = pager(words, listed.page, listed.pages, lambda page: Cities(page=page).pack())
    rows: Rows = (
        (Button(words("city-nearest"), tap=NearestCity().pack()),),
        *city_rows(words, cities),
        *((pages,) if pages else ()),
        (Button(words("city-everywhere"), tap=PickCity(id=0).pack()),),
    )
    if not first:
        rows = (*rows, (home_button(words),))
    return Screen(words.html("city-first" if first else "city-title"), rows)


def location_prompt(words: Translator) -> Screen:
    keyboard = AskKeyboard(
        Ask.LOCATION,
        words("city-location-button"),
        words(CANCEL),
        placeholder=words("city-placeholder"),
    )
    return Screen(words.html("city-location-prompt"), keyboard=keyboard)


def maybe_cities(words: Translator, typed: str, cities: list[City], rows: Rows = ()) -> Screen:
    """Guesses at a typed city, or a word that there is none. `rows` are other ways out."""
    if not cities:
        ways = ((Button(words("catalog-other-city"), tap=Cities().pack()),),)
        text = words.html("city-unknown", typed=typed[:60])
        return Screen(text, rows or (*ways, (home_button(words),)), fresh=True)
    return Screen(words.html("city-maybe"), (*city_rows(words, cities), *rows), fresh=True)
