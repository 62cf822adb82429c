"""When somebody has their message of the day: at noon where they live, and not at night if it is
late."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from backend.platform.quiet_hours import QuietHours, next_time
from catalog.days import USUAL_ZONE

NOON = time(12)
# Until the next noon none leaves.
CLOSED = QuietHours(time(21), NOON)


def digest_after(now: datetime, zone: str | None) -> datetime:
    """The next one that is to come. `zone`: of their city."""
    return next_time(NOON, now, zone or USUAL_ZONE.key)


def is_closed(now: datetime, zone: str | None) -> bool:
    return CLOSED.holds(now, zone or USUAL_ZONE.key)


def day_began(now: datetime, zone: str | None) -> datetime:
    here = now.astimezone(USUAL_ZONE if zone is None else ZoneInfo(zone))
    return here.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(now.tzinfo)
