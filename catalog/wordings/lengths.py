"""How long a text becomes at most, whoever it is said to."""

from collections.abc import Mapping

from catalog.wordings.parts import Part, Plural, Url, Variable
from catalog.wordings.variables import Declared

# Telegram counts units of UTF-16 after markup is read: of a message, and of what stands under a
# picture.
MESSAGE, CAPTION = 4096, 1024
# A short link, with a long address of our own.
SHORT_LINK = 120
LONGEST_ERID = 64
# «Advertising (Реклама). …, INN 123456789012 · erid: …», with the blank line before it.
_LABEL = len("\n\nAdvertising (Реклама). , INN 123456789012 · erid: ") + LONGEST_ERID


def units(text: str) -> int:
    """Of UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def label_room(advertiser: str) -> int:
    """What the label of advertising takes, in whatever language."""
    return _LABEL + units(advertiser)


def longest(
    parts: tuple[Part, ...], declared: Mapping[str, Declared], fallbacks: Mapping[str, str]
) -> int:
    """In units of UTF-16. `fallbacks` of this language, by variable."""
    return sum(_room(part, declared, fallbacks) for part in parts)


def _room(part: Part, declared: Mapping[str, Declared], fallbacks: Mapping[str, str]) -> int:
    if isinstance(part, Variable):
        # A character may take two units.
        room = 2 * declared[part.name].room if part.name in declared else 0
        return max(room, units(fallbacks.get(part.name, "")))
    if isinstance(part, Plural):
        return max(map(units, part.forms))
    if isinstance(part, Url):
        return max(units(part.address), SHORT_LINK)
    return units(part)
