"""What was bought with a card, as the shop told it."""

from collections.abc import Sequence

from backend.cards.pocket.view_card import CardView
from backend.platform.words import Translator
from bot.screens.parts import back_button, cut, home_button, long_date, pager
from bot.screens.pocket.card import name_of
from bot.screens.screen import Screen
from bot.taps.pocket import CardMore, Purchases
from catalog.days import day_here
from catalog.figures import amount_text
from models.sale import Sale


def purchases(
    words: Translator, view: CardView, found: Sequence[Sale], page: int, pages: int
) -> Screen:
    """`found`: a page of them, the newest first, told in the days of where the owner is."""
    shown = view.shown
    lines = [words.html("purchases-title", brand=name_of(words, shown)), ""]
    lines += [_line(words, view, each) for each in found]
    if not found:
        lines.append(words.html("purchases-none"))
    numbers = pager(words, page, pages, lambda n: Purchases(card=shown.id, page=n).pack())
    back = (back_button(words, CardMore(id=shown.id).pack()), home_button(words))
    return Screen("\n".join(lines), (*((numbers,) if numbers else ()), back))


def _line(words: Translator, view: CardView, sale: Sale) -> str:
    """«5 марта 2026  1 540,00 RUB  Казань, ул. Баумана»."""
    about = " · ".join(each for each in (sale.store, sale.number, sale.status) if each)
    return words.html(
        "purchases-line",
        date=long_date(words, day_here(view.here, sale.at)),
        amount=f"{amount_text(sale.amount)} {sale.currency}",
        about=cut(about, 100),
    )
