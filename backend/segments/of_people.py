"""Conditions on people themselves: where they live, when they were seen, how old they are."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from backend.segments.marks import Marks
from catalog.days import day_in
from catalog.traits import AgeBand, birthdays_between

Asked = Mapping[str, Any]
_CITY = "c.city_id IS NOT NULL AND c.city_id {cities}"
_SEEN = "EXISTS (SELECT 1 FROM identities v WHERE v.customer_id = c.id AND v.seen_on >= {since})"
_CONSENT = """EXISTS (SELECT 1 FROM consent_states a WHERE a.customer_id = c.id
    AND a.purpose = 'advertising' AND a.subject_id = {brand} AND a.channel {channels}
    AND a.granted)"""
_TRAIT = """EXISTS (SELECT 1 FROM traits t WHERE t.account_id = {account}
    AND t.customer_id = c.id AND {that})"""


def _city(asked: Asked, marks: Marks) -> str:
    known = marks.brand.cities
    return _CITY.format(cities=marks.numbers([known[key] for key in asked["in"] if key in known]))


def _last_seen(asked: Asked, marks: Marks) -> str:
    return _SEEN.format(since=marks.one(_days_from_now(marks, -asked["within_days"])))


def _consent(asked: Asked, marks: Marks) -> str:
    brand = marks.number(marks.brand.brand_id)
    return _CONSENT.format(brand=brand, channels=marks.texts(asked["in"]))


def _age(asked: Asked, marks: Marks) -> str:
    bands = [AgeBand(band).first for band in asked["in"]]
    return _trait(marks, f"t.age {marks.numbers(bands)}")


def _gender(asked: Asked, marks: Marks) -> str:
    return _trait(marks, f"t.gender {marks.texts(asked['in'])}")


def _birthday(asked: Asked, marks: Marks) -> str:
    first = _days_from_now(marks, asked["from_days"])
    last = _days_from_now(marks, asked["to_days"])
    spans = [
        f"t.birthday BETWEEN {marks.number(begins)} AND {marks.number(ends)}"
        for begins, ends in birthdays_between(first, last)
    ]
    return _trait(marks, "(" + " OR ".join(spans) + ")")


def _trait(marks: Marks, that: str) -> str:
    return _TRAIT.format(account=marks.number(marks.brand.account_id), that=that)


def _days_from_now(marks: Marks, days: int) -> date:
    """Where the account is."""
    return day_in(marks.brand.zone, marks.now) + timedelta(days=days)


FIELDS: Mapping[str, Callable[[Asked, Marks], str]] = {
    "city": _city,
    "last_seen": _last_seen,
    "consent": _consent,
    "age": _age,
    "gender": _gender,
    "birthday": _birthday,
}
