"""What the shop's own system tells of a card: what moved its points, and what it offers."""

from datetime import date

from backend.cards.pocket.view_card import CardView
from backend.connections.ask_card import CardNews
from backend.partners.member import Given, Operation, Promotion
from backend.platform.words import Translator
from bot.screens.parts import back_button, cut, home_button, long_date
from bot.screens.pocket.card import name_of
from bot.screens.screen import Button, Screen
from bot.taps.pocket import CardMore, Redeem
from catalog.days import day_here
from catalog.figures import amount_text


def operations(words: Translator, view: CardView, news: CardNews) -> Screen:
    """The newest first, in the days of where the owner is."""
    shown = view.shown
    lines = [words.html("operations-title", brand=name_of(words, shown)), ""]
    if news.operations:
        lines += [_moved(words, view, each) for each in news.operations]
    else:
        silent = "operations-untold" if news.operations is None else "operations-none"
        lines.append(words.html(silent))
    if news.promotions:
        lines += ["", words.html("operations-offers")]
        lines += [_offered(words, each) for each in news.promotions]
    give = tuple(
        Button(words(f"operations-{kind.word}"), tap=_redeem(shown.id, kind))
        for kind in Given
        if kind in news.takes
    )
    back = (back_button(words, CardMore(id=shown.id).pack()), home_button(words))
    return Screen("\n".join(lines), (*((give,) if give else ()), back))


def _redeem(card_id: int, kind: Given) -> str:
    return Redeem(card=card_id, receipt=kind is Given.RECEIPT).pack()


def _moved(words: Translator, view: CardView, each: Operation) -> str:
    """«5 марта 2026  +100  Покупка · заказ 17»."""
    about = " · ".join(part for part in (each.text, each.order) if part)
    return words.html(
        "points-line",
        date=long_date(words, day_here(view.here, each.at)),
        change=f"{'+' if each.amount > 0 else ''}{amount_text(each.amount)}",
        what=cut(about, 100),
    )


def _offered(words: Translator, each: Promotion) -> str:
    until = _until(words, each.ends)
    return words.html("operations-offer", title=cut(each.title, 120), until=until)


def _until(words: Translator, day: date | None) -> str:
    return words("operations-until", date=long_date(words, day)) if day is not None else ""
