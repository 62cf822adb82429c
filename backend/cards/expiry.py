"""The last day of a card: typed by its owner, counted in the days of his city."""

import calendar
import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from models.city import City
from models.customer import Customer
from models.refusal import Code, Refusal

# Without a city: where most people live.
USUAL_ZONE = ZoneInfo("Europe/Moscow")
_DAY = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{1,2})[./\- ](\d{4}|\d{2})")


async def zone_of(customer: Customer) -> ZoneInfo:
    if customer.city_id is None:
        return USUAL_ZONE
    return ZoneInfo((await City.get(id=customer.city_id)).timezone)


def read_day(typed: str, today: date) -> date:
    """`31.12.2027`, `31.12.27`, `2027-12-31`, `12/27` (its last day). Refuses with
    invalid_answer what is no day, has passed or is further than fifty years."""
    try:
        day = _read(typed.strip())
    except ValueError:
        day = None
    if day is None or not today <= day <= date(today.year + 50, 12, 31):
        raise Refusal(Code.INVALID_ANSWER, field="expires")
    return day


def _read(typed: str) -> date | None:
    if found := _ISO.fullmatch(typed):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY.fullmatch(typed):
        return date(_year(found[3]), int(found[2]), int(found[1]))
    if found := _MONTH.fullmatch(typed):
        year, month = _year(found[2]), int(found[1])
        if 1 <= month <= 12:
            return date(year, month, calendar.monthrange(year, month)[1])
    return None


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def begins(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a day: how a last day is kept."""
    return datetime.combine(day, time(), zone)


def days_left(expires_at: datetime, here: datetime) -> int:
    """Days of `here`'s zone from today to the last one: 0 is today, negative is over."""
    return (expires_at.astimezone(here.tzinfo).date() - here.date()).days
