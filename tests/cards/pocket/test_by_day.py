"""The hours in which people are written to, and the stages at which a last day is told of."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.cards.pocket.expiry import noon_of, read_day
from backend.cards.pocket.reminders.announce_expiry import due_stage
from backend.cards.pocket.reminders.daytime import is_day, wait_for_day
from backend.platform.failures import TryLater
from catalog.days import USUAL_ZONE
from models.refusal import Refusal
from models.wallet_entry import WalletEntry

LAST = date(2026, 12, 21)


def at(hour: int, minute: int = 0, second: int = 0, *, day: int = 21) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, 17, tzinfo=USUAL_ZONE)


@pytest.mark.parametrize("here", [at(10), at(12, 30), at(19, 59, 59)])
def test_in_the_daytime_nothing_waits(here: datetime) -> None:
    assert is_day(here)
    wait_for_day(here)


@pytest.mark.parametrize(
    ("here", "morning"),
    [
        (at(20), at(10, day=22)),
        (at(23, 59, 59), at(10, day=22)),
        (at(0, 0, 1), at(10)),
        (at(9, 59, 30), at(10)),
    ],
)
def test_at_night_it_waits_until_ten_of_the_coming_morning(
    here: datetime, morning: datetime
) -> None:
    assert not is_day(here)
    with pytest.raises(TryLater) as waits:
        wait_for_day(here)
    assert waits.value.after == morning.replace(microsecond=0) - here
    assert "night" in waits.value.reason


@pytest.mark.parametrize(
    ("days_before", "stage"),
    [(15, None), (14, 14), (4, 14), (3, 3), (1, 3), (0, 3), (-1, None)],
)
def test_a_last_day_is_told_of_fourteen_and_three_days_before(
    days_before: int, stage: int | None
) -> None:
    entry = WalletEntry(expires_at=noon_of(LAST, USUAL_ZONE))
    here = noon_of(LAST, USUAL_ZONE) - timedelta(days=days_before)
    assert due_stage(entry, here) == stage


@pytest.mark.parametrize(
    ("reminded", "here", "stage"),
    [
        # Told the day before a stage begins is told of something else; on its first day, of it.
        (date(2026, 12, 6), date(2026, 12, 7), 14),
        (date(2026, 12, 7), date(2026, 12, 8), None),
        (date(2026, 12, 17), date(2026, 12, 18), 3),
        (date(2026, 12, 18), date(2026, 12, 19), None),
        (date(2026, 12, 18), date(2026, 12, 18), None),
    ],
)
def test_at_each_stage_once(reminded: date, here: date, stage: int | None) -> None:
    entry = WalletEntry(
        expires_at=noon_of(LAST, USUAL_ZONE), reminded_at=noon_of(reminded, USUAL_ZONE)
    )
    assert due_stage(entry, noon_of(here, USUAL_ZONE)) == stage


def test_the_days_are_those_of_the_owners_city() -> None:
    """A last day typed in Moscow; its owner is in Kamchatka, where the day begins earlier."""
    entry = WalletEntry(expires_at=noon_of(LAST, USUAL_ZONE))
    late = datetime(2026, 12, 6, 22, 0, tzinfo=USUAL_ZONE)
    assert due_stage(entry, late) is None
    assert due_stage(entry, late.astimezone(ZoneInfo("Asia/Kamchatka"))) == 14


def test_a_last_day_is_no_further_than_fifty_years() -> None:
    today = date(2026, 11, 21)
    assert read_day("31.12.2076", today) == date(2076, 12, 31)
    with pytest.raises(Refusal):
        read_day("01.01.2077", today)
