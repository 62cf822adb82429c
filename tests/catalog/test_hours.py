"""Opening hours: what may be written, and how people read it."""

import pytest

from catalog.shelves.hours import are_hours, hours_in_words


@pytest.mark.parametrize(
    "hours", ["24/7", "Mo-Su 08:00-22:00", "Mo-Fr 09:00-20:00; Sa,Su 10:00-18:00", "Mo off"]
)
def test_hours_that_may_be_written(hours: str) -> None:
    assert are_hours(hours)


@pytest.mark.parametrize(
    "hours", ["always", "Mo-Su 8:00-22:00", "Mo-Su 08:00-25:00", "Пн-Вс 08:00-22:00", "Mo-Su", ""]
)
def test_hours_that_may_not(hours: str) -> None:
    assert not are_hours(hours)


def test_people_read_them_in_their_language() -> None:
    hours = "Mo-Fr 09:00-20:00; Sa,Su 10:00-18:00"
    assert hours_in_words(hours, "ru") == "пн–пт 09:00–20:00; сб, вс 10:00–18:00"
    assert hours_in_words(hours, "en") == "Mon–Fri 09:00–20:00; Sat, Sun 10:00–18:00"
    assert hours_in_words("24/7", "ru") == "круглосуточно"
    assert hours_in_words("Mo-Su 08:00-22:00", "en") == "daily 08:00–22:00"
    assert hours_in_words("Mo off", "ru") == "пн выходной"
    assert hours_in_words("", "en") == ""
