"""One offer: picture, benefit, terms, cities, and what can be done with it."""

from collections.abc import Sequence
from enum import StrEnum

from backend.platform.words import Translator
from bot.screens.home.keys import CANCEL
from bot.screens.parts import (
    CAPTION_LIMIT,
    TEXT_LIMIT,
    back_button,
    benefit,
    brand_name,
    city_name,
    cut,
    escape,
    home_button,
    kilometres,
    long_date,
    primary,
    terms,
)
from bot.screens.screen import Ask, AskKeyboard, Button, Picture, Rows, Screen, Style
from bot.taps.browse import Catalog, Missing, OpenOffer, Stores, StoresNear, Terms, WaitNumbers
from bot.taps.issue import Have, Issue
from bot.taps.pocket import OpenCard
from catalog.days import offer_last_day
from catalog.shelves.browse import NearbyStore
from catalog.shelves.hours import hours_in_words
from models.brand import Brand
from models.city import City
from models.offer import Offer

CITIES_NAMED = 6


class Stock(StrEnum):
    """Whether there is a number for this person: `waits` when they are told once there is."""

    THERE = "there"
    OUT = "out"
    WAITS = "waits"


def offer(
    words: Translator,
    shown: Offer,
    cities: list[City],
    card_id: int | None,
    others: Sequence[Brand] = (),
    stock: Stock = Stock.THERE,
    *,
    missing: bool = False,
) -> Screen:
    """`shown` comes with brand, program and account. `card_id`: the card that this person
    already has of the program. `others`: brands that share the card. `missing`: the brand is out
    of something, and tells when it is back."""
    head, tail = _frame(words, shown, cities, others)
    body = short_terms(words, shown, cities, others)
    if card_id is None and stock is not Stock.THERE:
        told = "\n" + words.html(f"offer-{stock.value}")
        tail, body = tail + told, cut(body, max(80, len(body) - len(told)))
    picture = Picture(media=shown.pictures[0]) if shown.pictures else None
    rows = _rows(words, shown, card_id, stock)
    if missing:
        wanted = Button(words("offer-missing"), tap=Missing(offer=shown.id).pack())
        rows = (*rows[:-1], (wanted,), rows[-1])
    return Screen(f"{head}\n\n{escape(body)}\n\n{tail}", rows, picture)


def short_terms(
    words: Translator, shown: Offer, cities: list[City], others: Sequence[Brand] = ()
) -> str:
    """As much of the terms as stands on the offer itself."""
    head, tail = _frame(words, shown, cities, others)
    limit = CAPTION_LIMIT if shown.pictures else TEXT_LIMIT
    # Telegram counts what is left after the markup; escaped text is never shorter than that.
    room = max(80, limit - len(head) - len(tail) - 40)
    return cut(terms(words, shown), min(room, 500))


def _frame(
    words: Translator, shown: Offer, cities: list[City], others: Sequence[Brand]
) -> tuple[str, str]:
    head = f"{words.html('offer-title', brand=brand_name(words, shown.brand))}\n"
    head += f"<b>{escape(benefit(words, shown))}</b>"
    facts = [_where(words, shown, cities)]
    ends = offer_last_day(shown)
    if ends is not None:
        facts.insert(0, words.html("offer-until", date=long_date(words, ends)))
    if others:
        named = ", ".join(words("card-of", brand=brand_name(words, each)) for each in others)
        facts.append(words.html("offer-shared", brands=cut(named, 200)))
    return head, "\n".join(facts)


def _where(words: Translator, shown: Offer, cities: list[City]) -> str:
    if shown.everywhere:
        return words.html("offer-where-everywhere")
    names = ", ".join(city_name(words, city) for city in cities[:CITIES_NAMED])
    if len(cities) > CITIES_NAMED:
        names += " " + words("offer-where-more", count=len(cities) - CITIES_NAMED)
    return words.html("offer-where", cities=names)


def _rows(words: Translator, shown: Offer, card_id: int | None, stock: Stock) -> Rows:
    if card_id is not None:
        first: Rows = ((primary(words("offer-open-card"), OpenCard(id=card_id).pack()),),)
    else:
        have = Have(offer=shown.id).pack()
        first = ((_issue(words, shown, stock),),)
        if shown.brand.program.plastic:
            first = (*first, (Button(words("offer-have"), tap=have),))
    category = Catalog(category=shown.brand.category_id).pack()
    return (
        *first,
        (
            Button(words("offer-stores"), tap=Stores(offer=shown.id).pack()),
            Button(words("offer-terms"), tap=Terms(offer=shown.id).pack()),
        ),
        (Button(words("offer-share"), share=f"#{shown.id}"),),
        (back_button(words, category), home_button(words)),
    )


def _issue(words: Translator, shown: Offer, stock: Stock) -> Button:
    if stock is Stock.OUT:
        return primary(words("offer-wait"), WaitNumbers(offer=shown.id).pack())
    if stock is Stock.WAITS:
        tap = WaitNumbers(offer=shown.id, on=False).pack()
        return Button(words("offer-wait-off"), tap=tap)
    tap = Issue(offer=shown.id).pack()
    return Button(words("offer-issue"), tap=tap, style=Style.SUCCESS)


def stores(words: Translator, shown: Offer, city: City | None, near: list[NearbyStore]) -> Screen:
    brand = brand_name(words, shown.brand)
    lines = [_store_line(words, each) for each in near]
    body = "\n".join(lines) if lines else words.html("stores-none")
    title = words.html("stores-title", brand=brand, city=city_name(words, city))
    rows: Rows = (
        (Button(words("stores-near"), tap=StoresNear(offer=shown.id).pack()),),
        (back_button(words, OpenOffer(id=shown.id).pack()), home_button(words)),
    )
    return Screen(f"{title}\n\n{body}", rows)


def _store_line(words: Translator, near: NearbyStore) -> str:
    line = words.html("stores-line", address=near.store.address)
    if near.km is not None:
        line += f" · {kilometres(words, near.km)}"
    if near.store.hours:
        hours = hours_in_words(near.store.hours, words.language)
        line += f"\n   <i>{words.html('stores-hours', hours=hours)}</i>"
    return line


def stores_location(words: Translator, brand: Brand, *, again: bool = False) -> Screen:
    """`again`: the place that was sent was not kept, and is gone."""
    keyboard = AskKeyboard(Ask.LOCATION, words("city-location-button"), words(CANCEL))
    text = words.html("stores-location-prompt", brand=brand_name(words, brand))
    text = words.html("place-again") if again else text
    return Screen(text, keyboard=keyboard, fresh=again)


def have_prompt(words: Translator, shown: Offer, example: str, typed: str = "") -> Screen:
    """`example` is empty when the plastic can only be photographed; `typed` is what did not look
    like its number."""
    rows = ((back_button(words, OpenOffer(id=shown.id).pack()), home_button(words)),)
    kind = "prompt" if shown.brand.program.plastic else "none"
    kind += "-photo" if kind == "prompt" and not example else ""
    brand = brand_name(words, shown.brand)
    text = words.html(f"have-{kind}", brand=brand, example=example)
    if typed:
        text = words.html("have-unlike", typed=typed, brand=brand) + "\n\n" + text
    return Screen(text, rows, fresh=bool(typed))
