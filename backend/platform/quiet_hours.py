"""Hours in which nobody hears advertising, where the person is."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
NIGHT = "21:00-09:00"
NEVER = "off"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The same hour twice: it always may."""

    starts: time
    ends: time

    def holds(self, now: datetime, zone: str) -> bool:
        here = now.astimezone(ZoneInfo(zone)).time()
        if self.starts <= self.ends:
            return self.starts <= here < self.ends
        return here >= self.starts or here < self.ends

    def begin_after(self, now: datetime, zone: str) -> datetime | None:
        """The next moment at which they begin; None: never."""
        return None if self.starts == self.ends else next_time(self.starts, now, zone)

    def end_after(self, now: datetime, zone: str) -> datetime:
        """The next moment at which they are over."""
        return next_time(self.ends, now, zone)


def next_time(hour: time, now: datetime, zone: str) -> datetime:
    """When it is this time of the day next, later than now."""
    place = ZoneInfo(zone)
    here = now.astimezone(place)
    found = datetime.combine(here.date(), hour, place)
    if found <= here:
        found = datetime.combine(here.date() + timedelta(days=1), hour, place)
    return found.astimezone(now.tzinfo)


def quiet_hours(text: str) -> QuietHours:
    """Of `21:00-09:00`, or `off`. Raises ValueError."""
    if text == NEVER:
        return QuietHours(time(), time())
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no span; expected such as {NIGHT}, or {NEVER}")
    return QuietHours(time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4])))
