"""Opening hours: the part of OpenStreetMap's opening_hours that shops need.

`24/7`, `Mo-Su 08:00-22:00`, `Mo-Fr 09:00-20:00; Sa,Su 10:00-18:00`, `Mo off`. A closing time at or
before the opening time is past midnight.
"""

import re

EXPECTED = "for example 'Mo-Fr 09:00-20:00; Sa,Su 10:00-18:00' or '24/7'"
_CODES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY = f"(?:{'|'.join(_CODES)})"
_DAYS = f"{_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)*"
_TIME = "(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00"
_RULE = re.compile(f"{_DAYS} (?:off|(?:{_TIME})-(?:{_TIME}))")
LONGEST = 100


def are_hours(text: str) -> bool:
    if text == "24/7":
        return True
    return len(text) <= LONGEST and all(_RULE.fullmatch(rule) for rule in text.split("; "))


_WORDS = {
    "ru": {
        **dict(zip(_CODES, ("пн", "вт", "ср", "чт", "пт", "сб", "вс"), strict=True)),
        "Mo-Su": "ежедневно",
        "24/7": "круглосуточно",
        "off": "выходной",
    },
    "en": {
        **dict(zip(_CODES, ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), strict=True)),
        "Mo-Su": "daily",
        "24/7": "round the clock",
        "off": "closed",
    },
}
_WORD = re.compile("|".join(("24/7", "Mo-Su", "off", *_CODES)))


def hours_in_words(hours: str, language: str) -> str:
    """As people read it: `пн–пт 09:00–20:00; сб–вс 10:00–18:00`. `language` is ru or en."""
    words = _WORDS[language]
    return _WORD.sub(lambda found: words[found[0]], hours).replace("-", "–").replace(",", ", ")
