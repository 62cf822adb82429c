"""Days as people write them: what is read, what is no date, and that nothing is guessed."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.questions.dates import NoSuchDay, coming_day, near_day, parts_of, past_day

TODAY = date(2026, 11, 21)
RUSSIAN = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
    "октября", "ноября", "декабря",
)  # fmt: skip
ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

READ = [
    ("5 марта 1990", date(1990, 3, 5)),
    ("5 МАРТА 1990 г.", date(1990, 3, 5)),
    ("05 мар 90", date(1990, 3, 5)),
    ("5-е марта 1990 года", date(1990, 3, 5)),
    ("5 March 1990", date(1990, 3, 5)),
    ("March 5, 1990", date(1990, 3, 5)),
    ("the 5th of March 1990", date(1990, 3, 5)),
    ("5-Mar-1990", date(1990, 3, 5)),
    ("1990 March 5", date(1990, 3, 5)),
    ("12.03.99", date(1999, 3, 12)),
    ("12.03.05", date(2005, 3, 12)),
    ("5.3.1990", date(1990, 3, 5)),
    ("5. 3. 1990", date(1990, 3, 5)),
    ("5 3 1990", date(1990, 3, 5)),
    ("05/03/1990", date(1990, 3, 5)),
    ("03/25/1990", date(1990, 3, 25)),
    ("1990-03-05", date(1990, 3, 5)),
    ("1990.03.05", date(1990, 3, 5)),
    ("05031990", date(1990, 3, 5)),
    ("19900305", date(1990, 3, 5)),
    ("29.02.2004", date(2004, 2, 29)),
]


@pytest.mark.parametrize(("typed", "day"), READ)
def test_a_day_is_read_as_people_write_it(typed: str, day: date) -> None:
    assert past_day(typed, TODAY) == day


NO_DATE = [
    "", "завтра", "1 января", "март 1990", "03.1990", "5 марта", "5 марта 1990 6", "1.2.3.4",
    "5 марта 5 марта 1990", "5 марта апреля 1990", "199-03-05", "5.3.19900", "100.3.1990",
    "5+3+1990", "5 марта 1990?", "٥.٣.١٩٩٠", "²5.03.1990", "0x5.03.1990", "1" * 61,
]  # fmt: skip


@pytest.mark.parametrize("typed", NO_DATE)
def test_what_the_grammar_does_not_know_is_no_date(typed: str) -> None:
    assert past_day(typed, TODAY) is None


@pytest.mark.parametrize(
    ("typed", "day", "month"),
    [("31.02.1990", 31, 2), ("29 февраля 2003", 29, 2), ("1.13.1990", 1, 13), ("00.05.1990", 0, 5)],
)
def test_a_day_that_no_calendar_has_is_told_apart(typed: str, day: int, month: int) -> None:
    with pytest.raises(NoSuchDay) as none:
        past_day(typed, TODAY)
    assert (none.value.day, none.value.month) == (day, month)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12/27", date(2027, 12, 31)),
        ("02.2028", date(2028, 2, 29)),
        ("декабрь 2027", date(2027, 12, 31)),
        ("31.12.27", date(2027, 12, 31)),
        ("31 декабря 2027", date(2027, 12, 31)),
    ],
)
def test_a_card_may_bear_a_month_alone(typed: str, day: date) -> None:
    assert coming_day(typed, TODAY) == day
    with pytest.raises(NoSuchDay):
        coming_day("13/27", TODAY)


def test_two_digits_of_a_year_mean_the_nearest_or_the_past_one() -> None:
    assert near_day("01.02.30", TODAY) == date(2030, 2, 1)
    assert near_day("01.02.75", TODAY) == date(2075, 2, 1)
    assert near_day("01.02.77", TODAY) == date(1977, 2, 1)
    assert past_day("01.02.30", TODAY) == date(1930, 2, 1)


SPELLINGS: list[Callable[[date], str]] = [
    lambda d: f"{d.day} {RUSSIAN[d.month - 1]} {d.year} г.",
    lambda d: f"{d.day} {ENGLISH[d.month - 1]} {d.year}",
    lambda d: f"{ENGLISH[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{d.day:02}.{d.month:02}.{d.year}",
    lambda d: f" {d.day}/{d.month}/{d.year} ",
    lambda d: f"{d.day:02}{d.month:02}{d.year}",
    lambda d: d.isoformat(),
]


@given(st.dates(date(1907, 1, 1), date(2099, 12, 31)), st.sampled_from(SPELLINGS))
def test_every_day_is_read_back_in_every_spelling(day: date, spell: Callable[[date], str]) -> None:
    assert past_day(spell(day), TODAY) == day
    assert near_day(spell(day), TODAY) == day
    assert coming_day(spell(day), TODAY) == day


@given(st.dates(date(1927, 1, 1), date(2026, 11, 21)))
def test_two_digits_are_enough_for_whoever_lives(day: date) -> None:
    assert past_day(f"{day:%d.%m.%y}", TODAY) == day


LETTERS = st.text("0123456789./-– ,гмартиюлявгусентябрьфdecmay", max_size=70)


@given(st.one_of(st.text(max_size=70), LETTERS))
def test_any_text_is_a_day_or_none(text: str) -> None:
    for read in (past_day, near_day, coming_day):
        try:
            found = read(text, TODAY)
        except NoSuchDay:
            assert parts_of(text) is not None
        else:
            assert found is None or str(found.day) in text or parts_of(text).day is None  # type: ignore[union-attr]
