"""The one place where the bot puts a refusal into words."""

from bot.screens.screen import Button, Screen
from bot.taps import Home
from bot.words import Translator
from models.refusal import Code, Refusal


def words_key(code: Code) -> str:
    """`pool_empty` is `refusal-pool-empty` in the catalog."""
    return f"refusal-{code.value.replace('_', '-')}"


def refusal_screen(words: Translator, refusal: Refusal) -> Screen:
    home = Button(words("home-button"), tap=Home().pack())
    return Screen(words.html(words_key(refusal.code), **refusal.details), ((home,),))
