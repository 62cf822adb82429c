"""My cards: the list in an order, one shelf of it, what was searched or is near, the archive."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from backend.cards.pocket.listed import CardPage, ListedCard, WalletTally
from backend.cards.pocket.near import NearCard
from backend.cards.pocket.wallet_card import WalletCard
from backend.platform.words import Translator
from bot.screens.home.keys import CANCEL
from bot.screens.parts import (
    back_button,
    balance_text,
    category_name,
    cut,
    home_button,
    kilometres,
    offers_button,
    pager,
)
from bot.screens.screen import Ask, AskKeyboard, Button, Rows, Screen
from bot.taps.home import Noop
from bot.taps.plastic import AddCard
from bot.taps.pocket import (
    Cards,
    CardsBy,
    CardsNear,
    CardsSearch,
    CardsShelves,
    CardsSorts,
    HiddenCards,
    OpenCard,
)
from bot.taps.share import SharedCards
from models.category import Category

PAGE = 8
Lines = Sequence[WalletCard] | Sequence[ListedCard]
SORTS = ("used", "new", "own")
# With fewer cards than this the list itself is the quickest way.
MANY = 6


def wallet(words: Translator, found: CardPage, by: CardsBy, tally: WalletTally) -> Screen:
    """`found`: of the cards of the shelf that `by` names, in its order."""
    whole = not by.shelf and not by.others

    def to(page: int) -> str:
        return replace(by, page=page).pack()

    rows = _lines(words, found.cards)
    numbers = pager(words, found.page, found.pages, to)
    pages = (numbers,) if numbers else ()
    way_on = (offers_button(words), home_button(words))
    if not whole:
        back = (back_button(words, CardsShelves().pack()), home_button(words))
        return Screen(words.html("cards-title", count=found.total), (*rows, *pages, back))
    tools = _tools(words) if found.total >= MANY else ()
    title = words.html("cards-title", count=found.total)
    text = title if found.total else words.html("cards-empty")
    add = (Button(words("add-card-button"), tap=AddCard().pack()),)
    keys = words.language if found.total else ""
    return Screen(text, (*rows, *pages, add, *tools, *_elsewhere(words, tally), way_on), keys=keys)


def _tools(words: Translator) -> Rows:
    return (
        (
            Button(words("cards-search"), tap=CardsSearch().pack()),
            Button(words("cards-near"), tap=CardsNear().pack()),
        ),
        (
            Button(words("cards-shelves"), tap=CardsShelves().pack()),
            Button(words("cards-sort"), tap=CardsSorts().pack()),
        ),
    )


def _elsewhere(words: Translator, tally: WalletTally) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if tally.shared:
        label = words("cards-shared", count=tally.shared)
        rows.append((Button(label, tap=SharedCards().pack()),))
    if tally.archived:
        label = words("cards-hidden", count=tally.archived)
        rows.append((Button(label, tap=HiddenCards().pack()),))
    return tuple(rows)


def archive(words: Translator, found: list[WalletCard], page: int) -> Screen:
    rows, pages = _listed(words, found, page, lambda n: HiddenCards(page=n).pack())
    return Screen(words.html("cards-hidden-title"), (*rows, *pages, _back(words)))


def sorts(words: Translator) -> Screen:
    rows = tuple(
        (Button(words(f"cards-sort-{name}"), tap=CardsBy(sort=name).pack()),) for name in SORTS
    )
    return Screen(words.html("cards-sort-title"), (*rows, _back(words)))


def shelves(words: Translator, counted: list[tuple[Category, int]], others: int) -> Screen:
    rows = [
        (
            Button(
                f"{shelf.emoji} {category_name(words, shelf)} · {count}",
                tap=CardsBy(shelf=shelf.id).pack(),
            ),
        )
        for shelf, count in counted
    ]
    if others:
        label = words("cards-others", count=others)
        rows.append((Button(label, tap=CardsBy(others=True).pack()),))
    return Screen(words.html("cards-shelves-title"), (*rows, _back(words)))


def search_prompt(words: Translator) -> Screen:
    return Screen(words.html("cards-search-prompt"), (_back(words),))


def found_cards(words: Translator, typed: str, found: list[WalletCard]) -> Screen:
    again = (Button(words("cards-search-again"), tap=CardsSearch().pack()),)
    typed = cut(typed, 60)
    if not found:
        text = words.html("cards-search-nothing", typed=typed)
        return Screen(text, (again, _back(words)), fresh=True)
    rows, _ = _listed(words, found, 0, lambda _page: Noop().pack())
    text = words.html("cards-search-found", typed=typed, count=len(found))
    if len(found) > PAGE:
        text += "\n" + words.html("cards-search-more", shown=PAGE)
    return Screen(text, (*rows, again, _back(words)), fresh=True)


def near_prompt(words: Translator, *, again: bool = False) -> Screen:
    """`again`: the place that was sent was not kept, and is gone."""
    keyboard = AskKeyboard(Ask.LOCATION, words("city-location-button"), words(CANCEL))
    text = words.html("place-again" if again else "cards-near-prompt")
    return Screen(text, keyboard=keyboard, fresh=again)


def near_cards(words: Translator, found: list[NearCard]) -> Screen:
    if not found:
        return Screen(words.html("cards-near-nothing"), (_back(words),), fresh=True)
    lines = [
        words.html(
            "cards-near-line",
            name=each.kept.name(words.language),
            address=each.store.address,
            distance=kilometres(words, each.km),
        )
        for each in found
    ]
    rows = tuple(
        (
            Button(
                cut(
                    f"{card_label(words, each.kept)} · {kilometres(words, each.km)}",
                    60,
                ),
                tap=OpenCard(id=each.kept.id).pack(),
            ),
        )
        for each in found
    )
    text = words.html("cards-near-title") + "\n\n" + "\n".join(lines)
    return Screen(text, (*rows, _back(words)), fresh=True)


def quick_rows(words: Translator, found: list[ListedCard]) -> Rows:
    """One tap from home to the barcode."""
    if not found:
        return ()
    return (
        tuple(
            Button(
                cut(f"{'⭐' if kept.starred else '💳'} {kept.name(words.language)}", 22),
                tap=OpenCard(id=kept.id).pack(),
            )
            for kept in found
        ),
    )


def _back(words: Translator) -> tuple[Button, ...]:
    return (back_button(words, Cards().pack()), home_button(words))


def _listed(
    words: Translator, found: list[WalletCard], page: int, to: Callable[[int], str]
) -> tuple[Rows, Rows]:
    count = max(1, -(-len(found) // PAGE))
    page = min(max(page, 0), count - 1)
    rows = _lines(words, found[page * PAGE : (page + 1) * PAGE])
    numbers = pager(words, page, count, to)
    return rows, ((numbers,) if numbers else ())


def _lines(words: Translator, found: Lines) -> Rows:
    return tuple(
        (Button(card_label(words, kept), tap=OpenCard(id=kept.id).pack()),) for kept in found
    )


def card_label(words: Translator, kept: WalletCard | ListedCard) -> str:
    balance = balance_text(kept)
    extra = f" · {balance}" if balance else f" · …{kept.printed_number[-4:]}"
    sign = "⭐" if kept.starred else "💳"
    return f"{sign} {cut(kept.name(words.language), 40)}{extra}"
