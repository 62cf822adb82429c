"""Settings of façade logins, and secrets that are remembered as long as they hold."""

from datetime import UTC, datetime

import pytest

from backend.access.facade_secret import Passwords, hashed
from backend.access.facade_settings import SettingsWrong, read_settings
from backend.platform.quiet_hours import quiet_hours

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "zone", "holds"),
    [
        ("21:00-09:00", "Europe/Moscow", False),
        ("21:00-09:00", "Asia/Vladivostok", True),
        ("21:00-09:00", "America/Los_Angeles", True),
        ("15:00-15:01", "Europe/Moscow", True),
        ("14:00-15:00", "Europe/Moscow", False),
        ("off", "Asia/Vladivostok", False),
    ],
)
def test_it_is_night_where_somebody_is(span: str, zone: str, holds: bool) -> None:
    assert quiet_hours(span).holds(NOON, zone) is holds


def test_when_night_begins() -> None:
    night = quiet_hours("21:00-09:00")
    assert night.begin_after(NOON, "Europe/Moscow") == datetime(2026, 11, 21, 18, tzinfo=UTC)
    later = datetime(2026, 11, 21, 18, 0, 1, tzinfo=UTC)
    assert night.begin_after(later, "Europe/Moscow") == datetime(2026, 11, 22, 18, tzinfo=UTC)
    # The clocks of Berlin go back in between.
    eve = datetime(2026, 10, 24, 20, tzinfo=UTC)
    assert night.begin_after(eve, "Europe/Berlin") == datetime(2026, 10, 25, 20, tzinfo=UTC)
    assert quiet_hours("off").begin_after(NOON, "Europe/Moscow") is None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"quiet": "ночью"}, "quiet: Value error, 'ночью' is no span"),
        ({"quiet": "24:00-09:00"}, "quiet"),
        ({"brands": "x"}, "brands: Extra inputs"),
        ({"templates": {"Gold": {}}}, "templates.Gold.program: Field required"),
        ({"labels": {"a": 1}}, "labels.a"),
        ([], "the settings"),
    ],
)
def test_what_is_wrong_is_named(given: object, words: str) -> None:
    with pytest.raises(SettingsWrong) as wrong:
        read_settings(given)
    assert str(wrong.value).startswith(words)


async def test_a_password_is_remembered_while_its_row_stays() -> None:
    passwords, kept = Passwords(), hashed("тайна")
    assert not passwords.is_known(kept, "тайна")
    assert await passwords.is_right(kept, "тайна")
    assert passwords.is_known(kept, "тайна")
    assert not passwords.is_known(kept, "другое")
    assert not passwords.is_known(hashed("тайна"), "тайна"), "another row of the same password"
    assert not await passwords.is_right(kept, "другое")
    assert not await passwords.is_right(None, "тайна")
    assert not passwords.is_known(None, "тайна")
    assert not await passwords.is_right(kept, "т" * 257)
