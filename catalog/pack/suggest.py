"""Did you mean …?"""

from collections.abc import Iterable
from difflib import get_close_matches

_LISTED_IN_FULL = 16


def one_of(known: Iterable[str], got: str) -> str:
    """What was expected instead of `got`: the nearest known word, and the whole list if short."""
    words = sorted(str(word) for word in known)
    near = get_close_matches(got.lower(), words, n=1, cutoff=0.6)
    guess = f"did you mean {near[0]!r}?" if near else ""
    listed = "one of " + ", ".join(words) if len(words) <= _LISTED_IN_FULL else ""
    if guess and listed:
        return f"{listed} ({guess})"
    return listed or guess or "a known key"
