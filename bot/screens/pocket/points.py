"""What moved a card's points, as the built-in ledger keeps them."""

from collections.abc import Sequence
from decimal import Decimal

from backend.cards.pocket.view_card import CardView
from backend.ledger.history import Movement
from backend.platform.words import Translator
from bot.screens.parts import back_button, cut, home_button, long_date, pager
from bot.screens.pocket.card import name_of
from bot.screens.screen import Screen
from bot.taps.pocket import OpenCard, PointsHistory
from catalog.days import day_here
from catalog.figures import amount_text
from models.ledger import POINT


def points_history(
    words: Translator, view: CardView, found: Sequence[Movement], page: int, pages: int
) -> Screen:
    """`found`: a page of them, the newest first, told in the days of where the owner is."""
    shown = view.shown
    lines = [words.html("points-title", brand=name_of(words, shown))]
    if shown.balance is not None:
        lines.append(words.html("card-balance", balance=amount_text(shown.balance)))
    lines += ["", *(_line(words, view, each) for each in found)]
    if not found:
        lines.append(words.html("points-none"))
    numbers = pager(words, page, pages, lambda n: PointsHistory(card=shown.id, page=n).pack())
    back = (back_button(words, OpenCard(id=shown.id).pack()), home_button(words))
    return Screen("\n".join(lines), (*((numbers,) if numbers else ()), back))


def _line(words: Translator, view: CardView, movement: Movement) -> str:
    """«5 марта 2026  +100  Покупка: Кофе». A hold that was paid with took its points before."""
    sign = "+" if movement.change > 0 else ""
    what = words(f"points-{movement.kind.value}", paid=_amount(movement.amount))
    if movement.reason:
        what = words("points-reason", what=what, reason=cut(movement.reason, 100))
    date = long_date(words, day_here(view.here, movement.at))
    return words.html(
        "points-line", date=date, change=f"{sign}{_amount(movement.change)}", what=what
    )


def _amount(hundredths: int) -> str:
    return amount_text(Decimal(hundredths) / POINT)
