"""The bot's words."""

from functools import cache
from pathlib import Path

from backend.platform.words import Words

LOCALES = Path(__file__).parent / "locales"


@cache
def load_words() -> Words:
    """What bot/locales says, read once in a process."""
    return Words(LOCALES)
