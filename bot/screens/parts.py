"""Small parts that many screens share: names in a language, dates, pagers, way-back buttons."""

import html
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from backend.platform.words import Translator, spoken
from bot.screens.screen import Button, Style
from bot.taps.browse import Categories
from bot.taps.home import Home, Noop
from bot.taps.pocket import Cards
from catalog.figures import amount_text
from models.brand import Brand
from models.category import Category
from models.city import City
from models.offer import Offer

CAPTION_LIMIT = 1024
TEXT_LIMIT = 4096


def brand_name(words: Translator, brand: Brand) -> str:
    return spoken(brand, "name", words.language)


def named(words: Translator, offers: Iterable[Offer]) -> str:
    """«Лукоград», «Снежич»: each brand once."""
    names = dict.fromkeys(brand_name(words, offer.brand) for offer in offers)
    return ", ".join(words("card-of", brand=name) for name in names)


def benefit(words: Translator, offer: Offer) -> str:
    return spoken(offer, "benefit", words.language)


def terms(words: Translator, offer: Offer) -> str:
    return spoken(offer, "terms", words.language)


def category_name(words: Translator, category: Category) -> str:
    return spoken(category, "name", words.language)


def city_name(words: Translator, city: City | None) -> str:
    if city is None:
        return words("city-any")
    return spoken(city, "name", words.language)


def long_date(words: Translator, day: date) -> str:
    """«5 марта 1990». Takes a day: whose, catalog.days decides."""
    return words("date-long", day=str(day.day), month=day.month, year=str(day.year))


class Balanced(Protocol):
    """A card in any shape that knows its balance."""

    @property
    def balance(self) -> Decimal | None: ...


def balance_text(card: Balanced) -> str | None:
    """`1 250` or `1 250,50`; None when no processor has told a balance."""
    return amount_text(card.balance) if card.balance is not None else None


def kilometres(words: Translator, km: float) -> str:
    """«4,2 км»: one decimal, with the language's own mark."""
    number = f"{km:.1f}"
    return words("stores-km", km=number.replace(".", ",") if words.language == "ru" else number)


def ago(words: Translator, moment: datetime, here: datetime) -> str:
    """«сегодня», «вчера», «3 дня назад», in the days of `here`'s zone."""
    days = (here.date() - moment.astimezone(here.tzinfo).date()).days
    if days <= 0:
        return words("ago-today")
    return words("ago-yesterday") if days == 1 else words("ago-days", days=days)


def escape(text: str) -> str:
    return html.escape(text, quote=False)


def cut(text: str, room: int) -> str:
    """At most `room` characters, ended at a word, with an ellipsis where something is lost."""
    if len(text) <= room:
        return text
    return text[: room - 1].rsplit(" ", 1)[0].rstrip(" ,.;:—-") + "…"


def home_button(words: Translator) -> Button:
    return Button(words("home-button"), tap=Home().pack())


def back_button(words: Translator, tap: str) -> Button:
    return Button(words("back-button"), tap=tap)


def offers_button(words: Translator) -> Button:
    return Button(words("home-offers"), tap=Categories().pack())


def cards_button(words: Translator) -> Button:
    return Button(words("cards-button"), tap=Cards().pack())


def pager(words: Translator, page: int, pages: int, to: Callable[[int], str]) -> tuple[Button, ...]:
    """‹ 2/5 ›; nothing when there is one page."""
    if pages <= 1:
        return ()
    return (
        Button(words("pager-previous"), tap=to((page - 1) % pages)),
        Button(words("pager-page", page=page + 1, pages=pages), tap=Noop().pack()),
        Button(words("pager-next"), tap=to((page + 1) % pages)),
    )


def tick(on: bool, label: str) -> str:
    return f"{'☑️' if on else '☐'} {label}"


def primary(label: str, tap: str) -> Button:
    return Button(label, tap=tap, style=Style.PRIMARY)
