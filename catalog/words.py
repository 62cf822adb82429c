"""Words as search compares them: case, ё, spaces, and the two alphabets of Russia."""

import unicodedata

_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch",
    "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_TO_LATIN = str.maketrans(_LATIN)
_RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбю"
_LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
_WRONG_LAYOUT = str.maketrans(_LATIN_KEYS + _RUSSIAN_KEYS, _RUSSIAN_KEYS + _LATIN_KEYS)


def fold(text: str) -> str:
    """Lower case, ё as е, letters and digits only, single spaces, at most 100 characters."""
    lowered = unicodedata.normalize("NFKC", text[:200]).casefold().replace("ё", "е")
    kept = "".join(letter if letter.isalnum() else " " for letter in lowered)
    return " ".join(kept.split())[:100]


def latin(folded: str) -> str:
    """A folded text in Latin letters, so that «пятница» and "pyatnitsa" meet."""
    return folded.translate(_TO_LATIN)


def other_layout(text: str) -> str:
    """What a person meant who forgot to switch the keyboard: "rjat" is «кофе», «ыфду» is "sale"."""
    return fold(text.casefold().translate(_WRONG_LAYOUT))
