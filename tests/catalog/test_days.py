"""Which day it is: around midnight, from Kaliningrad to Vladivostok."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.days import day_here, day_in, full_moment, last_day, time_here
from catalog.entries.values.moments import parsed

KALININGRAD, MOSCOW, VLADIVOSTOK = (
    ZoneInfo(name) for name in ("Europe/Kaliningrad", "Europe/Moscow", "Asia/Vladivostok")
)
ZONES = (ZoneInfo("UTC"), KALININGRAD, MOSCOW, VLADIVOSTOK, ZoneInfo("Asia/Kamchatka"))


def test_a_moment_belongs_to_the_day_of_the_place() -> None:
    late = datetime(2026, 3, 8, 14, 30, tzinfo=UTC)
    assert [day_in(zone, late).day for zone in (KALININGRAD, MOSCOW, VLADIVOSTOK)] == [8, 8, 9]
    early = datetime(2026, 3, 8, 21, 30, tzinfo=UTC)
    assert [day_in(zone, early).day for zone in (KALININGRAD, MOSCOW, VLADIVOSTOK)] == [8, 9, 9]
    assert day_here(late.astimezone(VLADIVOSTOK), early) == date(2026, 3, 9)


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_the_last_day_of_a_pack_is_the_day_that_was_written(zone: ZoneInfo) -> None:
    ends = parsed("2030-12-31", zone, True)
    assert ends is not None
    assert last_day(zone, ends) == date(2030, 12, 31)
    at_six = parsed("2030-12-31T18:00", zone, True)
    assert at_six is not None
    assert last_day(zone, at_six) == date(2030, 12, 31)
    at_midnight = parsed("2031-01-01T00:00", zone, True)
    assert at_midnight is not None
    assert last_day(zone, at_midnight) == date(2030, 12, 31)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(ZONES))
def test_any_last_day_comes_back(day: date, zone: ZoneInfo) -> None:
    ends = parsed(day.isoformat(), zone, True)
    assert ends is not None
    assert last_day(zone, ends) == day
    assert day_in(zone, ends) == day + timedelta(days=1)


def test_evidence_names_its_zone() -> None:
    at = datetime(2026, 11, 27, 9, 16, 19, tzinfo=UTC)
    assert full_moment(VLADIVOSTOK, at) == "27.11.2026 19:16:19 (UTC+10:00)"
    assert full_moment(ZoneInfo("UTC"), at) == "27.11.2026 09:16:19 (UTC+00:00)"
    assert time_here(at.astimezone(VLADIVOSTOK), at) == "19:16:19 (UTC+10)"
    assert time_here(at.astimezone(ZoneInfo("Asia/Kolkata")), at) == "14:46:19 (UTC+5:30)"
