"""All that a button can carry."""

import inspect

from bot import taps
from bot.tap_codec import Tap


def every_tap() -> list[type[Tap]]:
    """By prefix, so that a seeded Random picks the same ones each time."""
    found = {
        tap
        for tap in vars(taps).values()
        if inspect.isclass(tap) and issubclass(tap, Tap) and tap is not Tap
    }
    return sorted(found, key=lambda tap: tap.prefix)
