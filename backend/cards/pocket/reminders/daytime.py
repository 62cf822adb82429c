"""When people may be written to who have not just done something: in the daytime where they are."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from backend.platform.failures import TryLater
from catalog.days import USUAL_ZONE
from models.customer import Customer

DAYTIME = range(10, 20)


def here_of(customer: Customer, now: datetime) -> datetime:
    """`now` in the zone of the customer's city, which is loaded."""
    city = customer.city
    return now.astimezone(ZoneInfo(city.timezone) if city is not None else USUAL_ZONE)


def is_day(here: datetime) -> bool:
    return here.hour in DAYTIME


def wait_for_day(here: datetime) -> None:
    """Raises TryLater until ten in the morning."""
    if is_day(here):
        return
    morning = here.replace(hour=DAYTIME.start, minute=0, second=0, microsecond=0)
    if here.hour >= DAYTIME.stop:
        morning += timedelta(days=1)
    raise TryLater("it is night there", after=morning - here)
