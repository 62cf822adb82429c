"""Bringing cards from another wallet, and taking them along."""

from backend.cards.exchange.export_cards import ExportFormat
from backend.platform.words import Translator
from bot.screens.parts import back_button, cards_button, home_button
from bot.screens.screen import Button, Rows, Screen
from bot.taps.exchange import ExportAs
from bot.taps.home import OpenSettings
from bot.taps.plastic import AddCard


def import_prompt(words: Translator) -> Screen:
    rows = ((back_button(words, AddCard().pack()), home_button(words)),)
    return Screen(words.html("import-prompt"), rows)


def import_refused(words: Translator, code: str) -> Screen:
    key = f"import-refused-{code.replace('_', '-')}"
    return Screen(words.html(key), ((home_button(words),),), fresh=True)


def ask_password(words: Translator, key: str) -> Screen:
    """`key`: import-password, import-password-wrong or export-password."""
    return Screen(words.html(key), ((home_button(words),),), fresh=True)


def progress(words: Translator, done: int, total: int) -> str:
    return words.html("import-progress", done=done, total=total)


def export_choice(words: Translator) -> Screen:
    rows: Rows = (
        *(
            (Button(words(f"export-{kind.value}"), tap=ExportAs(format=kind.value).pack()),)
            for kind in ExportFormat
        ),
        (
            Button(
                words("export-locked"),
                tap=ExportAs(format=ExportFormat.CATIMA.value, locked=True).pack(),
            ),
        ),
        (back_button(words, OpenSettings().pack()), home_button(words)),
    )
    return Screen(words.html("export-title"), rows)


def exported(words: Translator) -> Screen:
    return Screen(words.html("export-done"), ((cards_button(words), home_button(words)),))
