"""Settings, language, help and privacy."""

from backend.platform.policy import Policy
from backend.platform.words import Translator
from bot.screens.parts import back_button, city_name, home_button, offers_button
from bot.screens.screen import Button, Screen
from bot.taps.browse import Cities, Watches
from bot.taps.choices import Consents, News
from bot.taps.contacts import Contacts
from bot.taps.exchange import ExportCards
from bot.taps.home import Language, Languages, OpenSettings
from bot.taps.my_data import MyData, ReadPolicy
from bot.taps.pocket import HiddenCards
from models.city import City


def settings(words: Translator, city: City | None) -> Screen:
    language = words(f"language-{words.language}")
    text = words.html("settings-title", language=language, city=city_name(words, city))
    rows = (
        (
            Button(words("settings-language"), tap=Languages().pack()),
            Button(words("settings-city"), tap=Cities().pack()),
        ),
        (Button(words("settings-consents"), tap=Consents().pack()),),
        (Button(words("settings-news"), tap=News().pack()),),
        (Button(words("settings-watches"), tap=Watches().pack()),),
        (Button(words("settings-privacy"), tap=MyData().pack()),),
        (Button(words("settings-contacts"), tap=Contacts().pack()),),
        (Button(words("settings-export"), tap=ExportCards().pack()),),
        (Button(words("settings-hidden"), tap=HiddenCards().pack()),),
        (home_button(words),),
    )
    return Screen(text, rows)


def languages(words: Translator) -> Screen:
    choices = tuple(
        Button(words(f"language-{code}"), tap=Language(code=code).pack()) for code in ("ru", "en")
    )
    back = (back_button(words, OpenSettings().pack()), home_button(words))
    return Screen(words.html("languages-title"), (choices, back))


def help_screen(words: Translator, bot_username: str) -> Screen:
    rows = ((offers_button(words),), (home_button(words),))
    return Screen(words.html("help-text", bot=bot_username), rows)


def privacy(words: Translator, url: str, policy: Policy) -> Screen:
    rows: list[tuple[Button, ...]] = []
    # Telegram opens https addresses only; on the sandbox the address stands in the text.
    if url.startswith("https://"):
        rows.append((Button(words("privacy-button"), url=url),))
    elif policy.text:
        rows.append((Button(words("privacy-button"), tap=ReadPolicy().pack()),))
    rows.append((Button(words("settings-consents"), tap=Consents().pack()),))
    rows.append((Button(words("settings-privacy"), tap=MyData().pack()), home_button(words)))
    text = words.html("privacy-text", url=url)
    if policy.operator:
        text += "\n\n" + words.html("privacy-operator", operator=policy.operator)
    return Screen(text, tuple(rows))
