"""A polite and useful answer to everything else: never silence."""

from backend.platform.words import Translator
from bot.screens.parts import cards_button, home_button, offers_button
from bot.screens.screen import Screen


def unknown(words: Translator, key: str, **values: str) -> Screen:
    """`key` is one of the `unknown-…` wordings."""
    rows = ((offers_button(words), cards_button(words)), (home_button(words),))
    return Screen(words.html(key, **values), rows, fresh=True)
