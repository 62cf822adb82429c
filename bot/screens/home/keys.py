"""The keys that stay below the chat, whatever else goes on in it."""

from functools import cache

from backend.platform.words import LANGUAGES, Translator, Words
from bot.screens.screen import Keys

# Their words: a key that is pressed comes back as text.
CARDS, HOME, CANCEL = "keys-cards", "keys-home", "keys-cancel"


def every_keys(catalogs: Words) -> dict[str, Keys]:
    """The main keys in each language."""
    return {language: _keys(Translator(catalogs, language)) for language in LANGUAGES}


def _keys(words: Translator) -> Keys:
    return Keys(labels=(words(CARDS), words(HOME)), line=words.html("keys-line"))


def pressed(catalogs: Words, text: str | None) -> str | None:
    """Which key says these words, in any language: people switch, old keys stay."""
    return _by_label(catalogs).get(text or "")


@cache
def _by_label(catalogs: Words) -> dict[str, str]:
    keys = (CARDS, HOME, CANCEL)
    return {catalogs.text(language, key): key for language in LANGUAGES for key in keys}
