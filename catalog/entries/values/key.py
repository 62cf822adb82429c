"""Keys: by which a brand, a program, an offer, a store or an answer is known for ever."""

import re

from catalog.entries.values.texts import Text

LONGEST = 24
LONGEST_STORE = 64
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FIELD_KEY = re.compile(r"[a-z][a-z0-9_]*")
_LETTERS = "lower-case Latin letters, digits and hyphens, at most"
EXPECTED = f"{_LETTERS} {LONGEST} characters"
EXPECTED_STORE = f"{_LETTERS} {LONGEST_STORE}"


def is_key(text: str) -> bool:
    """What a brand, a program, an account or an offer may be called."""
    return len(text) <= LONGEST and KEY.fullmatch(text) is not None


def is_field_key(text: str) -> bool:
    """What a question of one's own may be called."""
    return len(text) <= LONGEST and FIELD_KEY.fullmatch(text) is not None


STORE_KEY = Text(LONGEST_STORE, like=KEY, form=EXPECTED_STORE)
# The key of something that is there already: whether it is, is not for a model to know.
A_PROGRAM = Text(64, wanted="a program of this account")
# The key of something that is entered under it.
NEW_KEY = Text(LONGEST, wanted="a key of your own", like=KEY, form=EXPECTED)
