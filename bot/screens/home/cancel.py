"""What has been cancelled, and where it was."""

from backend.platform.words import Translator
from bot.screens.parts import back_button, home_button
from bot.screens.screen import Screen


def cancelled(words: Translator, asked: str, back: str) -> Screen:
    """`asked` is what was awaited; `back` the tap that leads to where it was asked."""
    text = words.html(f"cancelled-{asked.replace('_', '-')}")
    return Screen(text, ((back_button(words, back), home_button(words)),), fresh=True)


def nothing_to_cancel(words: Translator) -> Screen:
    return Screen(words.html("cancelled-nothing"), ((home_button(words),),), fresh=True)
