"""The last day of a card: typed by its owner, counted in the days of their city."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from backend.customers.person.choose import city_of
from catalog.days import USUAL_ZONE, day_here
from catalog.questions.dates import NoSuchDay, coming_day
from models.customer import Customer
from models.refusal import Code, Refusal


async def zone_of(customer: Customer) -> ZoneInfo:
    city = await city_of(customer)
    return USUAL_ZONE if city is None else ZoneInfo(city.timezone)


def read_day(typed: str, today: date) -> date:
    """Whatever catalog.questions.dates reads; of a month alone its last day. Refuses with
    invalid_answer what is no day, has passed or is further than fifty years."""
    try:
        day = coming_day(typed, today)
    except NoSuchDay:
        day = None
    if day is None or not today <= day <= date(today.year + 50, 12, 31):
        raise Refusal(Code.INVALID_ANSWER, field="expires")
    return day


def noon_of(day: date, zone: ZoneInfo) -> datetime:
    """How a last day is kept: noon is on the same day all over the country and in UTC, also when
    the owner moves from Vladivostok to Kaliningrad."""
    return datetime.combine(day, time(12), zone)


def days_left(expires_at: datetime, here: datetime) -> int:
    """Days of `here`'s zone from today to the last one: 0 is today, negative is over."""
    return (day_here(here, expires_at) - here.date()).days
