"""The keys that stay below the chat, whatever else goes on in it."""

from backend.platform.words import LANGUAGES, Words
from bot.screens.screen import Keys
from bot.words import Translator

# Their words: a key that is pressed comes back as text.
CARDS, HOME, CANCEL = "keys-cards", "keys-home", "keys-cancel"


def main_keys(words: Translator) -> Keys:
    return Keys(
        language=words.language,
        labels=(words(CARDS), words(HOME)),
        line=words.html("keys-line"),
    )


def keys_in(catalogs: Words, language: str) -> Keys:
    return main_keys(Translator(catalogs, language))


def pressed(catalogs: Words, text: str | None) -> str | None:
    """Which key says these words, in any language: people switch, old keys stay."""
    for key in (CARDS, HOME, CANCEL):
        if any(text == catalogs.text(language, key) for language in LANGUAGES):
            return key
    return None
