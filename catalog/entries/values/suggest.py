"""Did you mean …?"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from catalog.reference.reference import City
from catalog.words import fold, latin

_LISTED_IN_FULL = 16
# Nobody misspells a word into a page, and comparing takes its time.
_LONGEST_GUESSED = 100


def one_of(known: Iterable[str], got: str, spelt: Mapping[str, str] | None = None) -> str:
    """What was expected instead of `got`: the nearest known word, and the whole list if short.
    `spelt`: other spellings that people try, each with the word it stands for."""
    words = sorted(str(word) for word in known)
    spellings = {**(spelt or {}), **{word.lower(): word for word in words}}
    near = get_close_matches(got[:_LONGEST_GUESSED].lower(), spellings, n=1, cutoff=0.6)
    guess = f" (did you mean {spellings[near[0]]!r}?)" if near else ""
    if len(words) <= _LISTED_IN_FULL:
        return "one of " + ", ".join(words) + guess
    return "a known key" + guess


def one_city_of(known: Mapping[str, City], got: str) -> str:
    """Cities are also known by their names, whatever the alphabet: "moskva" is moscow."""
    spelt = {}
    for city in known.values():
        for name in (city.name_ru, city.name_en):
            spelt[latin(fold(name))] = city.key
    return one_of(known, latin(fold(got[:_LONGEST_GUESSED])), spelt)
