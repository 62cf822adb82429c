"""The list where several cards are picked at once: a tick is a card."""

from collections.abc import Collection

from backend.platform.words import Translator
from bot.screens.parts import (
    back_button,
    benefit,
    brand_name,
    cut,
    home_button,
    named,
    pager,
    primary,
    tick,
)
from bot.screens.screen import Button, Rows, Screen
from bot.taps.browse import Categories
from bot.taps.issue import Basket, BasketClear, BasketIssue, BasketPick
from catalog.shelves.picks import Pick, PickPage

LABEL_LETTERS = 56


def basket(
    words: Translator,
    picked: set[int],
    category: int,
    found: PickPage,
    empty: Collection[int] = (),
) -> Screen:
    """`picked`: the programs that are ticked, on other pages too. Programs of `empty` have no
    free numbers: they are named apart."""
    here = [pick for pick in found.picks if pick.program_id not in empty]
    rows = [_choice(words, pick, picked, category, found.page) for pick in here]
    pages = pager(
        words, found.page, found.pages, lambda n: Basket(category=category, page=n).pack()
    )
    if pages:
        rows.append(pages)
    if picked:
        rows += _ways_on(words, len(picked))
    rows.append((back_button(words, Categories().pack()), home_button(words)))
    text = words.html("basket-title", count=len(picked))
    out = [pick.offers[0] for pick in found.picks if pick.program_id in empty]
    if out:
        text += "\n\n" + words.html("basket-out", brands=named(words, out))
    return Screen(text, tuple(rows))


def _choice(
    words: Translator, pick: Pick, picked: set[int], category: int, page: int
) -> tuple[Button, ...]:
    on = pick.program_id in picked
    tap = BasketPick(offer=pick.offers[0].id, on=not on, category=category, page=page)
    return (Button(tick(on, _label(words, pick)), tap=tap.pack()),)


def _ways_on(words: Translator, count: int) -> Rows:
    issue = words("basket-issue", count=count)
    clear = Button(words("basket-clear"), tap=BasketClear().pack())
    return ((primary(issue, BasketIssue().pack()),), (clear,))


def _label(words: Translator, pick: Pick) -> str:
    """«Лукоград — −5 %», «Зернопар и Бубликово — одна карта»."""
    brands = {offer.brand_id: brand_name(words, offer.brand) for offer in pick.offers}
    first, *others = brands.values()
    if others:
        label = words("basket-shared", brand=first, others=", ".join(others))
    else:
        label = f"{first} — {benefit(words, pick.offers[0])}"
    return cut(label, LABEL_LETTERS)
