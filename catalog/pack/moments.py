"""Dates and times of a pack, in the account's timezone unless they say otherwise."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from catalog.pack.fields import Fields

EXPECTED = "a date like 2026-12-31 or a time like 2026-12-31T18:00"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?"
)


def zone(fields: Fields, key: str) -> ZoneInfo:
    """The timezone named at `key`, Moscow's when absent."""
    name = fields.optional_text(key) or "Europe/Moscow"
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        fields.wrong(key, f"is {name!r}", "an IANA timezone such as Asia/Yekaterinburg")
        return ZoneInfo("UTC")


def moment(fields: Fields, key: str, where: ZoneInfo, *, last_day: bool = False) -> datetime | None:
    """UTC moment at `key`, None when absent or wrong.

    A date alone is its midnight; with `last_day` the midnight after it, so that the day counts.
    """
    got = fields.optional_text(key)
    if not got:
        return None
    parsed = _parse(got, where, last_day)
    if parsed is None:
        fields.wrong(key, f"is {got!r}", EXPECTED)
    return parsed


def _parse(got: str, where: ZoneInfo, last_day: bool) -> datetime | None:
    try:
        if _DATE.fullmatch(got):
            day = date.fromisoformat(got) + timedelta(days=1 if last_day else 0)
            return datetime.combine(day, time(), where).astimezone(UTC)
        if _TIME.fullmatch(got):
            read = datetime.fromisoformat(got)
            return (read if read.tzinfo else read.replace(tzinfo=where)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return None
