"""Babel without what it knows of the world: the names of all languages, countries, currencies, time
zones and months weigh 5 MB in two languages. Words ask it for plural forms and for how numbers are
written."""

from typing import Any

from babel import core, localedata

_ASKED = {
    "currency_formats",
    "decimal_formats",
    "default_numbering_system",
    "number_symbols",
    "numbering_systems",
    "ordinal_form",
    "percent_formats",
    "plural_form",
}


def forget_the_world() -> None:
    """Of the locales that were read so far. What belongs to none is read anew when it is asked
    for."""
    read: dict[str, dict[str, Any]] = localedata._cache  # noqa: SLF001
    for locale in read.values():
        for name in locale.keys() - _ASKED:
            del locale[name]
    core._global_data = None  # noqa: SLF001
