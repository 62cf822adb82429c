"""Every refusal in words, with a way on. The only place that turns codes into text."""

from backend.platform.words import Translator
from bot.screens.parts import escape, home_button, primary
from bot.screens.screen import Button, Screen
from bot.taps.browse import Categories, WaitNumbers
from bot.taps.contacts import Contacts
from bot.taps.issue import Resume
from bot.taps.plastic import AddCard
from bot.taps.pocket import OpenCard
from models.refusal import Code, Refusal

# The application goes on where it stands.
_RESUMED = {
    Code.DOCUMENT_CHANGED, Code.CONSENT_REQUIRED, Code.ANSWERS_MISSING, Code.TRY_LATER,
}  # fmt: skip
_ABOUT_A_CARD = {Code.CARD_EXISTS, Code.ASSIGNMENT_OTHER_CARD}
_ABOUT_CONTACTS = {Code.NUMBER_BOUND, Code.ASSIGNMENT_NOT_YOURS}


def reason(words: Translator, refusal: Refusal) -> str:
    """One or two sentences, plain text."""
    return words(f"refusal-{refusal.code.value.replace('_', '-')}", **refusal.details)


def again_screen(words: Translator, refusal: Refusal, tap: str) -> Screen:
    """The brand's system does not answer: the same tap once more."""
    return _again(words, escape(reason(words, refusal)), tap)


def silent_screen(words: Translator, tap: str) -> Screen:
    """It does not answer about a plastic card: they will hear when it does."""
    return _again(words, words("plastic-silent"), tap)


def _again(words: Translator, text: str, tap: str) -> Screen:
    again = (primary(words("refusal-again-button"), tap),)
    return Screen(text, (again, (home_button(words),)))


def refusal_screen(words: Translator, refusal: Refusal) -> Screen:
    rows: list[tuple[Button, ...]] = []
    about = refusal.about
    if refusal.code in _ABOUT_A_CARD and about is not None:
        rows.append((Button(words("offer-open-card"), tap=OpenCard(id=about).pack()),))
    if refusal.code is Code.POOL_EMPTY and about is not None:
        rows.append((primary(words("offer-wait"), WaitNumbers(offer=about).pack()),))
    if refusal.code in _ABOUT_CONTACTS:
        rows.append((Button(words("refusal-contacts-button"), tap=Contacts().pack()),))
    if refusal.code is Code.FINDING_GONE:
        rows.append((Button(words("add-card-button"), tap=AddCard().pack()),))
    if refusal.code in _RESUMED:
        rows.append((Button(words("refusal-again-button"), tap=Resume().pack()),))
    rows.append((Button(words("refusal-offers-button"), tap=Categories().pack()),))
    rows.append((home_button(words),))
    return Screen(escape(reason(words, refusal)), tuple(rows))
