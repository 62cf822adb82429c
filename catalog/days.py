"""Which day it is where somebody lives: the one place that turns a moment into a day."""

from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from models.offer import Offer

# Without a city: where most people live.
USUAL_ZONE = ZoneInfo("Europe/Moscow")


def day_in(zone: tzinfo, moment: datetime) -> date:
    """The day that this moment belongs to in the zone."""
    return moment.astimezone(zone).date()


def full_moment(zone: tzinfo, moment: datetime) -> str:
    """`27.11.2026 19:16:19 (UTC+10:00)`: for evidence, the same in every language."""
    return f"{moment.astimezone(zone):%d.%m.%Y %H:%M:%S} ({shift_of(zone, moment)})"


def shift_of(zone: tzinfo, moment: datetime) -> str:
    """`UTC+10:00`."""
    shift = moment.astimezone(zone).strftime("%z")
    return f"UTC{shift[:3]}:{shift[3:]}"


def day_here(here: datetime, moment: datetime) -> date:
    """The day of this moment in the zone of `here`, the person's own now."""
    assert here.tzinfo is not None
    return day_in(here.tzinfo, moment)


def time_here(here: datetime, moment: datetime) -> str:
    """`19:16:19 (UTC+10)`, in the zone of `here`: without a city it may not be the person's."""
    local = moment.astimezone(here.tzinfo)
    shift = local.strftime("%z")
    minutes = "" if shift.endswith("00") else f":{shift[3:5]}"
    return f"{local:%H:%M:%S} (UTC{shift[0]}{int(shift[1:3])}{minutes})"


def last_day(zone: tzinfo, ends_at: datetime) -> date:
    """The last day of what ends before `ends_at`: midnight ends the day before."""
    return day_in(zone, ends_at - timedelta(microseconds=1))


def offer_day(offer: Offer, moment: datetime) -> date:
    """A day that the brand has named: the same for everybody, wherever they read it. The offer
    comes with `brand.program.account`."""
    return day_in(ZoneInfo(offer.brand.program.account.timezone), moment)


def offer_last_day(offer: Offer) -> date | None:
    """The day that the brand wrote as `ends`; None when it holds until taken down. The offer
    comes with `brand.program.account`."""
    if offer.ends_at is None:
        return None
    return last_day(ZoneInfo(offer.brand.program.account.timezone), offer.ends_at)
