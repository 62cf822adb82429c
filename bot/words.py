"""The bot's words."""

from pathlib import Path

from backend.platform.words import Words

LOCALES = Path(__file__).parent / "locales"


def load_words() -> Words:
    """Read bot/locales; once per process."""
    return Words(LOCALES)
