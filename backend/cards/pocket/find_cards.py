"""Search a pocket: by name as the catalog is searched, or by the last digits of a number."""

from collections.abc import Iterable, Sequence

from backend.cards.pocket.wallet_card import WalletCard
from catalog.shelves.search import NAME, SHELF, SearchIndex
from catalog.words import fold, latin

# Two digits are the least that tells cards apart.
FEWEST_DIGITS = 2


def find_cards(found: Sequence[WalletCard], typed: str) -> list[WalletCard]:
    """Best first. Words: a letter or two may be wrong, either alphabet, either keyboard layout.
    Digits are taken as they are: a similar number is another card. The names are sealed, so the
    index is made anew of `found` each time: 250 cards take some milliseconds."""
    number = "".join(typed.split()).casefold()
    ending = [kept for kept in found if _ends_with(kept, number)]
    named = _with_digits(found, typed) if number.isdigit() else _named(found, typed)
    both = [*ending, *named] if number.isdigit() else [*named, *ending]
    return list({kept.id: kept for kept in both}.values())


def _named(found: Sequence[WalletCard], typed: str) -> list[WalletCard]:
    cards = {kept.id: kept for kept in found}
    index = SearchIndex.of(name for kept in found for name in _names(kept))
    return [cards[card_id] for card_id in index.find(typed, len(cards))]


def _names(kept: WalletCard) -> Iterable[tuple[int, str, float]]:
    brand, shelf = kept.card.brand, kept.category
    names = {kept.name("ru"), kept.name("en"), *(brand.aliases if brand else ())}
    yield from ((kept.id, name, NAME) for name in names)
    if shelf is not None:
        yield from ((kept.id, name, SHELF) for name in {shelf.name_ru, shelf.name_en})


def _with_digits(found: Sequence[WalletCard], typed: str) -> list[WalletCard]:
    """«Магазин 21»: a name with these very digits in it."""
    words = latin(fold(typed))
    return [kept for kept in found if any(words in latin(fold(n)) for _, n, _ in _names(kept))]


def _ends_with(kept: WalletCard, number: str) -> bool:
    if len(number) < FEWEST_DIGITS:
        return False
    values = (kept.card.printed_number, kept.card.barcode_value)
    return any("".join(value.split()).casefold().endswith(number) for value in values)
