"""Search by words: a letter or two may be wrong, either alphabet, either keyboard layout."""

import time
from collections import defaultdict
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from catalog.scope import brands_in_catalog
from catalog.words import fold, latin, other_layout
from models.category import Category

CLOSE_ENOUGH = 78
# Brands come and go by hand: a search may be this many seconds behind a change.
FRESH_SECONDS = 10.0


@dataclass(slots=True)
class SearchIndex:
    """Every name of every brand, folded, in memory: 10,000 brands are searched in
    milliseconds. Kept per process, rebuilt when older than FRESH_SECONDS."""

    names: list[str]
    owners: list[int]
    built_at: float = 0.0

    @classmethod
    async def build(cls, at: float) -> "SearchIndex":
        shelves = {row.id: row for row in await Category.all()}
        names: list[str] = []
        owners: list[int] = []
        columns = ("id", "name_ru", "name_en", "aliases", "category_id")
        for brand_id, ru, en, aliases, category_id in await brands_in_catalog().values_list(
            *columns
        ):
            shelf = shelves[category_id]
            for name in {ru, en, *aliases, shelf.name_ru, shelf.name_en}:
                for form in {fold(name), latin(fold(name))} - {""}:
                    names.append(form)
                    owners.append(brand_id)
        return cls(names, owners, at)

    def brands(self, typed: str, limit: int) -> list[int]:
        """Brand ids, best first."""
        asked = fold(typed)
        forms = {asked, latin(asked), other_layout(typed)} - {""}
        best: dict[int, float] = defaultdict(float)
        for form in forms:
            # One letter matches everything: only exact beginnings count for short words.
            scorer = fuzz.WRatio if len(form) > 2 else fuzz.ratio
            hits = process.extract(
                form, self.names, scorer=scorer, limit=limit * 4, score_cutoff=CLOSE_ENOUGH
            )
            for name, score, position in hits:
                owner = self.owners[position]
                bonus = 20.0 if name == form else 10.0 if name.startswith(form) else 0.0
                best[owner] = max(best[owner], score + bonus)
        return sorted(best, key=lambda brand: (-best[brand], brand))[:limit]


_index: dict[str, SearchIndex] = {}


async def search_brands(typed: str, limit: int = 50) -> list[int]:
    """Ids of brands whose name, alias or category is like the typed words, best first."""
    now = time.monotonic()
    index = _index.get("brands")
    if index is None or now - index.built_at > FRESH_SECONDS:
        index = await SearchIndex.build(now)
        _index["brands"] = index
    return index.brands(typed, limit)


def forget_index() -> None:
    """After the catalog was loaded anew in this process."""
    _index.clear()
