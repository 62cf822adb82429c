"""Home, the settings, help, and a label that looks like a button."""

from bot.tap_codec import Tap


class Home(Tap, prefix="home"):
    """The first screen."""


class Noop(Tap, prefix="noop"):
    """A label that looks like a button: «2/5»."""


class OpenSettings(Tap, prefix="set"):
    """Language, city, privacy."""


class Languages(Tap, prefix="lngs"):
    """The list of languages."""


class Language(Tap, prefix="lng"):
    code: str


class Privacy(Tap, prefix="priv"):
    """What is kept and how to have it removed."""


class Help(Tap, prefix="help"):
    """What the bot does and how to ask a person."""
