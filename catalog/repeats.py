"""When a campaign that comes again and again has its next turn, by the clock of its account."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo


class Every(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Repeats:
    """`at`: the time of the day. `weekday` from 1, Monday; `day` of the month, of a shorter one the
    last. `until`: the last day on which it may come."""

    every: Every
    at: time
    weekday: int = 1
    day: int = 1
    until: date | None = None

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Repeats":
        until = kept.get("until")
        return cls(
            Every(kept["every"]),
            time.fromisoformat(kept["at"]),
            int(kept.get("weekday") or 1),
            int(kept.get("day") or 1),
            date.fromisoformat(until) if until else None,
        )

    def at_or_after(self, moment: datetime, zone: ZoneInfo) -> datetime | None:
        return self.next_after(moment - timedelta(microseconds=1), zone)

    def next_after(self, moment: datetime, zone: ZoneInfo) -> datetime | None:
        """The first turn after this moment; None when there is none any more. A time that the clock
        passes over is that much later, one that comes twice is the first of both."""
        for day in self._days(moment.astimezone(zone).date() - timedelta(days=1)):
            if self.until is not None and day > self.until:
                return None
            turn = datetime.combine(day, self.at, zone).astimezone(UTC)
            if turn > moment:
                return turn
        return None

    def _days(self, first: date) -> Iterator[date]:
        """The days of turns, from about this one on."""
        if self.every is Every.MONTH:
            for month in range(first.year * 12 + first.month - 1, 12 * date.max.year):
                year, number = month // 12, month % 12 + 1
                yield date(year, number, min(self.day, monthrange(year, number)[1]))
            return
        day = first
        if self.every is Every.WEEK:
            day += timedelta(days=(self.weekday - first.isoweekday()) % 7)
        while True:
            yield day
            day += timedelta(days=7 if self.every is Every.WEEK else 1)
