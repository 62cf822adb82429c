"""Which form of a word goes with a number."""

from decimal import Decimal

# How many forms a word has: one, few, many; one, other.
FORMS = {"ru": 3, "en": 2}


def form_of(language: str, number: Decimal) -> int:
    """Counted from 0. A part of one is `2,5 балла` and `2.5 points`."""
    whole = abs(number)
    if whole != whole.to_integral_value():
        return 1
    if language != "ru":
        return 0 if whole == 1 else 1
    last, two = int(whole % 10), int(whole % 100)
    if last == 1 and two != 11:
        return 0
    return 1 if 2 <= last <= 4 and not 12 <= two <= 14 else 2
