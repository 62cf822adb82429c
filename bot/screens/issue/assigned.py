"""An assigned card is for whom the brand knows: the contact is confirmed first."""

from collections.abc import Sequence

from backend.platform.words import Translator
from bot.screens.parts import brand_name, home_button, primary
from bot.screens.screen import Button, Rows, Screen
from bot.taps.contacts import ChangeEmail, ChangePhone
from bot.taps.issue import AssignedOn
from models.brand import Brand
from models.contact import ContactKind

_WAYS = {ContactKind.PHONE: ChangePhone(), ContactKind.EMAIL: ChangeEmail()}


def prove(words: Translator, brand: Brand, kinds: Sequence[ContactKind]) -> Screen:
    """One of `kinds`, as the brand has named the person."""
    asked = kinds[0].value if len(kinds) == 1 else "either"
    rows: Rows = tuple(
        (primary(words(f"assigned-{kind.value}"), _WAYS[kind].pack()),) for kind in kinds
    )
    text = words.html("assigned-prove", brand=brand_name(words, brand), asked=asked)
    return Screen(text, (*rows, (on_button(words),), (home_button(words),)), fresh=True)


def on_button(words: Translator) -> Button:
    return Button(words("assigned-on"), tap=AssignedOn().pack())
