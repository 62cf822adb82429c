"""How coarsely a person's age and birthday are known to those who say who is meant."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from catalog.questions.parse_answer import full_years


class AgeBand(StrEnum):
    """Stored in segments: a name never changes."""

    MINOR = "0-17"
    FROM_18 = "18-24"
    FROM_25 = "25-34"
    FROM_35 = "35-44"
    FROM_45 = "45-54"
    FROM_55 = "55-64"
    FROM_65 = "65+"

    @property
    def first(self) -> int:
        """The first year of life in it."""
        return int(self.value.partition("-")[0].rstrip("+"))


class Gender(StrEnum):
    FEMALE = "female"
    MALE = "male"


def band_of(born: date, today: date) -> AgeBand:
    years = full_years(born, today)
    return max((band for band in AgeBand if band.first <= years), key=lambda band: band.first)


def month_day(day: date) -> int:
    """324 for the 24th of March."""
    return day.month * 100 + day.day


def birthday_after(today: date, kept: int) -> date:
    """The next birthday after `today`. Of the 29th of February: the 1st of March of other years,
    when a year more is full."""
    for year in (today.year, today.year + 1):
        day = _in_year(kept, year)
        if day > today:
            return day
    return _in_year(kept, today.year + 2)


def _in_year(kept: int, year: int) -> date:
    try:
        return date(year, kept // 100, kept % 100)
    except ValueError:
        return date(year, 3, 1)


def birthdays_between(first: date, last: date) -> Iterator[tuple[int, int]]:
    """As they are kept, from … to: one range, or two over the end of a year. The 28th of February
    stands for the 29th in years that have none."""
    if (last - first).days >= 365:
        yield 101, 1231
    elif first.year == last.year:
        yield month_day(first), _end(last)
    else:
        yield month_day(first), 1231
        yield 101, _end(last)


def _end(last: date) -> int:
    is_short = month_day(last) == 228 and (last + timedelta(days=1)).month == 3
    return 229 if is_short else month_day(last)
