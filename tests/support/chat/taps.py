"""All that a button can carry."""

import inspect
from importlib import import_module
from pkgutil import iter_modules

from bot import taps
from bot.tap_codec import Tap


def every_tap() -> list[type[Tap]]:
    """By prefix, so that a seeded Random picks the same ones each time."""
    pages = [import_module(f"{taps.__name__}.{page.name}") for page in iter_modules(taps.__path__)]
    found = [
        tap
        for page in pages
        for tap in vars(page).values()
        if inspect.isclass(tap) and tap.__module__ == page.__name__ and issubclass(tap, Tap)
    ]
    return sorted(found, key=lambda tap: tap.prefix)
