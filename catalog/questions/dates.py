"""Days as people write them: «5 марта 1990», 12.03.99, 05/03/1990, March 5, 1990, 1990-03-05.

A closed grammar: what it does not know is no date, nothing is guessed. The day stands before
the month, as everywhere but in America; 03/25/1990 can only be American and is taken so.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    ("январь", "января", "янв", "january", "jan"),
    ("февраль", "февраля", "фев", "февр", "february", "feb"),
    ("март", "марта", "мар", "march", "mar"),
    ("апрель", "апреля", "апр", "april", "apr"),
    ("май", "мая", "may"),
    ("июнь", "июня", "июн", "june", "jun"),
    ("июль", "июля", "июл", "july", "jul"),
    ("август", "августа", "авг", "august", "aug"),
    ("сентябрь", "сентября", "сен", "сент", "september", "sep", "sept"),
    ("октябрь", "октября", "окт", "october", "oct"),
    ("ноябрь", "ноября", "ноя", "нояб", "november", "nov"),
    ("декабрь", "декабря", "дек", "december", "dec"),
)
_NUMBER_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
# Words that say nothing: «5-е марта 1990 года», «the 5th of March 1990».
_FILLERS = {"г", "год", "года", "го", "е", "of", "the", "st", "nd", "rd", "th"}
_TOKENS = re.compile(r"[0-9]+|[^\W\d_]+")
_BETWEEN = re.compile(r"[\s.,/\-–—'’]*")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Parts:
    """What was written. `day` None: a month alone, as on bank cards. `year` has two digits when
    `short`."""

    day: int | None
    month: int
    year: int
    short: bool = False


class NoSuchDay(ValueError):
    """The words are a date, but the calendar has no such day."""

    def __init__(self, day: int, month: int) -> None:
        super().__init__(f"{day}.{month}")
        self.day = day
        self.month = month


def parts_of(text: str) -> Parts | None:
    """None when this is no date of the grammar; whether the calendar has it is asked later."""
    if len(text) > _LONGEST or _BETWEEN.fullmatch(_TOKENS.sub("", text)) is None:
        return None
    tokens = [token for token in _TOKENS.findall(text.casefold()) if token not in _FILLERS]
    named = [token for token in tokens if token in _NUMBER_OF]
    digits = [token for token in tokens if token.isascii() and token.isdigit()]
    if len(named) + len(digits) != len(tokens) or len(named) > 1:
        return None
    if named:
        return _with_name(tokens, digits, _NUMBER_OF[named[0]])
    return _in_digits(digits, slashes="/" in text)


def _with_name(tokens: list[str], digits: list[str], month: int) -> Parts | None:
    """«5 марта 1990», «March 5, 1990», «1990 March 5»; «март 1990»."""
    if len(digits) == 1 and len(digits[0]) == 4:
        return Parts(None, month, int(digits[0])) if tokens[1:] == digits else None
    if len(digits) != 2:
        return None
    day, year = reversed(digits) if len(digits[0]) == 4 else digits
    return _parts(day, str(month), year)


def _in_digits(digits: list[str], *, slashes: bool) -> Parts | None:
    match digits:
        case [one] if len(one) == 8:
            return _run_together(one)
        case [month, year] if len(month) <= 2 and len(year) in {2, 4}:
            return Parts(None, int(month), int(year), len(year) == 2)
        case [year, month, day] if len(year) == 4:
            return _parts(day, month, year)
        case [month, day, year] if slashes and int(day) > 12 >= int(month):
            return _parts(day, month, year)
        case [day, month, year]:
            return _parts(day, month, year)
    return None


def _run_together(digits: str) -> Parts | None:
    """05031990, or 19900305 where that makes no year of our time."""
    if 1850 <= int(digits[4:]) <= 2150:
        return _parts(digits[:2], digits[2:4], digits[4:])
    return _parts(digits[6:], digits[4:6], digits[:4])


def _parts(day: str, month: str, year: str) -> Parts | None:
    if len(day) > 2 or len(month) > 2 or len(year) not in {2, 4}:
        return None
    return Parts(int(day), int(month), int(year), len(year) == 2)


def day_of(parts: Parts, year: int) -> date:
    """The day, or the last one of a month alone. Raises NoSuchDay."""
    try:
        day = calendar.monthrange(year, parts.month)[1] if parts.day is None else parts.day
        return date(year, parts.month, day)
    except (ValueError, IndexError):
        raise NoSuchDay(parts.day or 0, parts.month) from None


def past_day(text: str, today: date) -> date | None:
    """Of two digits the year that is not in the future: 99 is 1999, 05 is 2005."""
    parts = _whole(text)
    if parts is None or not parts.short:
        return None if parts is None else day_of(parts, parts.year)
    year = today.year - today.year % 100 + parts.year
    return day_of(parts, year if year <= today.year else year - 100)


def near_day(text: str, today: date) -> date | None:
    """Of two digits the year that is nearest to today's."""
    parts = _whole(text)
    if parts is None or not parts.short:
        return None if parts is None else day_of(parts, parts.year)
    century = today.year - today.year % 100
    years = (century - 100 + parts.year, century + parts.year, century + 100 + parts.year)
    return day_of(parts, min(years, key=lambda year: abs(year - today.year)))


def coming_day(text: str, today: date) -> date | None:
    """A day on a card: also a month alone, and of two digits the year of this century."""
    parts = parts_of(text)
    if parts is None:
        return None
    century = today.year - today.year % 100
    return day_of(parts, century + parts.year if parts.short else parts.year)


def _whole(text: str) -> Parts | None:
    parts = parts_of(text)
    return parts if parts is not None and parts.day is not None else None
