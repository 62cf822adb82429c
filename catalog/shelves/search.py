"""Search by words: a letter or two may be wrong, either alphabet, either keyboard layout."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from catalog.scope import brands_in_catalog
from catalog.shelves.alike import close_to
from catalog.words import fold, latin, other_layout
from models.category import Category

# Of six letters two may be wrong, of three one; swapping two neighbours is one mistake.
CLOSE_ENOUGH = 0.66
EXACT, BEGINNING, INSIDE = 1.2, 1.1, 0.8
# A whole name says more than a word of it, and that more than the shelf the brand stands on.
NAME, WORD, SHELF = 1.0, 0.97, 0.8
MOST_WORDS = 5
# Brands come and go by hand: a search may be so far behind a change.
FRESH = timedelta(seconds=30)


@dataclass(slots=True)
class SearchIndex:
    """Every name of every thing (a brand, a card) and every word of it, in Latin letters, each
    once, with the things that it may mean: 10,000 names are searched in milliseconds."""

    owners: dict[str, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))
    texts: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, names: Iterable[tuple[int, str, float]]) -> "SearchIndex":
        """`names`: whose, the name, and how much it says (NAME, SHELF)."""
        index = cls()
        for owner, name, weight in names:
            index.add(owner, name, weight)
        index.texts = list(index.owners)
        return index

    def add(self, owner: int, name: str, weight: float) -> None:
        text = latin(fold(name))
        words = text.split()
        for form, share in [(text, weight), *((word, weight * WORD) for word in words)]:
            if form:
                known = self.owners[form]
                known[owner] = max(share, known.get(owner, 0.0))

    def find(self, typed: str, limit: int) -> list[int]:
        """Whose names are like the typed words, best first."""
        best: dict[int, float] = defaultdict(float)
        for form in _spellings(typed):
            for brand_id, score in self._scores(form).items():
                best[brand_id] = max(best[brand_id], score)
        return sorted(best, key=lambda brand: (-best[brand], brand))[:limit]

    def _scores(self, form: str) -> dict[int, float]:
        """As a whole; and several words in any order, if the brand knows all of them."""
        whole = self._score_one(form)
        words = form.split()[:MOST_WORDS]
        if len(words) > 1:
            each = [self._score_one(word) for word in words]
            for brand_id in set.intersection(*(set(scores) for scores in each)):
                score = min(scores[brand_id] for scores in each) * WORD
                whole[brand_id] = max(score, whole.get(brand_id, 0.0))
        return whole

    def _score_one(self, form: str) -> dict[int, float]:
        best: dict[int, float] = {}
        for text, closeness in self._like(form):
            for brand_id, weight in self.owners[text].items():
                best[brand_id] = max(closeness * weight, best.get(brand_id, 0.0))
        return best

    def _like(self, form: str) -> Iterator[tuple[str, float]]:
        """The same text may come twice. One or two letters are like everything: only what
        begins with them counts."""
        for text in self.texts:
            if form in text:
                if text.startswith(form):
                    yield text, EXACT if text == form else BEGINNING
                elif len(form) > 3:
                    yield text, INSIDE
        if len(form) > 2:
            yield from close_to(form, self.texts, CLOSE_ENOUGH)


def _spellings(typed: str) -> set[str]:
    """What may have been meant, in Latin letters: as typed, or on the other keyboard layout. A
    letter or two are taken as they are."""
    asked = latin(fold(typed))
    return {asked, latin(other_layout(typed)) if len(asked) > 2 else ""} - {""}


class BrandSearch:
    """The brands by their names, read from the database again when the names are older than
    FRESH. One for each process (Context.brands)."""

    def __init__(self) -> None:
        self._index: SearchIndex | None = None
        self._built_at: datetime | None = None

    async def find(self, now: datetime, typed: str, limit: int = 50) -> list[int]:
        """Ids of brands whose name, alias or category is like the typed words, best first."""
        return (await self._fresh(now)).find(typed, limit)

    def forget(self) -> None:
        """The catalog was changed in this process."""
        self._index = None

    async def _fresh(self, now: datetime) -> SearchIndex:
        """Built anew also when the clock was put back."""
        built = self._built_at
        stale = built is None or not timedelta() <= now - built <= FRESH
        if self._index is None or stale:
            self._index, self._built_at = SearchIndex.of(await _brand_names()), now
        return self._index


async def _brand_names() -> list[tuple[int, str, float]]:
    shelves = {row.id: row for row in await Category.all()}
    columns = ("id", "name_ru", "name_en", "aliases", "category_id")
    found: list[tuple[int, str, float]] = []
    for brand_id, ru, en, aliases, shelf_id in await brands_in_catalog().values_list(*columns):
        found += [(brand_id, name, NAME) for name in {ru, en, *aliases}]
        shelf = shelves[shelf_id]
        found += [(brand_id, name, SHELF) for name in {shelf.name_ru, shelf.name_en}]
    return found
