"""What is sent: the fields in the order of the documentation's templates."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

# Given as a value, it empties the field.
CLEAR = "%CLEAR%"
MOST_PER_PAGE = 1000

Body = dict[str, Any]
Value = str | bool | int | Sequence[str]


def phone_digits(phone: str) -> str:
    """`+7 900 …` in any spelling as Mindbox has it: `7900…`."""
    return "".join(sign for sign in phone if sign.isdigit())


def utc_moment(moment: datetime) -> str:
    """`2018-12-19 20:01:58.095`."""
    in_utc = moment.astimezone(UTC)
    return f"{in_utc:%Y-%m-%d %H:%M:%S}.{in_utc.microsecond // 1000:03d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionBody:
    """Without a topic, of everything that the brand sends in that channel."""

    brand: str = ""
    point_of_contact: str
    topic: str = ""
    is_subscribed: bool | None = None
    value_by_default: bool | None = None

    def body(self) -> Body:
        return _filled(
            brand=self.brand,
            pointOfContact=self.point_of_contact,
            topic=self.topic,
            isSubscribed=self.is_subscribed,
            valueByDefault=self.value_by_default,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerBody:
    """What is empty is not sent; CLEAR is. Phones are digits, `79…`."""

    authentication_ticket: str = ""
    ids: Mapping[str, str | int] = field(default_factory=dict)
    last_name: str = ""
    first_name: str = ""
    middle_name: str = ""
    full_name: str = ""
    mobile_phone: str | int = ""
    email: str = ""
    birth_date: date | str = ""
    sex: str = ""
    area_id: str = ""
    custom_fields: Mapping[str, Value] = field(default_factory=dict)
    subscriptions: Sequence[SubscriptionBody] = ()
    card_number: Mapping[str, str] = field(default_factory=dict)

    def body(self) -> Body:
        born = self.birth_date
        return _filled(
            authenticationTicket=self.authentication_ticket,
            ids=dict(self.ids),
            lastName=self.last_name,
            firstName=self.first_name,
            middleName=self.middle_name,
            fullName=self.full_name,
            mobilePhone=self.mobile_phone,
            email=self.email,
            birthDate=born.isoformat() if isinstance(born, date) else born,
            sex=self.sex,
            area=_filled(ids=_filled(externalId=self.area_id)),
            customFields=dict(self.custom_fields),
            subscriptions=[each.body() for each in self.subscriptions],
            discountCard=_filled(ids=dict(self.card_number)),
        )


def operation(
    customer: CustomerBody | None = None, *, point_of_contact: str = "", **more: Any
) -> Body:
    """The body of an operation: the customer, and whatever else it takes, in this order."""
    of_customer = {} if customer is None else customer.body()
    return _filled(pointOfContact=point_of_contact, customer=of_customer, **more)


def card(number: str, id_name: str = "number") -> Body:
    return {"ids": {id_name: number}}


def page(most: int, number: int = 1) -> Body:
    """Pages are counted from 1."""
    return {"pageNumber": number, "itemsPerPage": min(max(most, 1), MOST_PER_PAGE)}


def binding(customer: CustomerBody, number: str, id_name: str = "number", **more: Any) -> Body:
    return operation(customer, discountCard=card(number, id_name), **more)


def one_card(number: str, id_name: str = "number", **more: Any) -> Body:
    """To read a card, or to unbind it from whoever has it."""
    return operation(discountCard=card(number, id_name), **more)


def replacement(old: str, new: str, id_name: str = "number") -> Body:
    return operation(oldDiscountCard=card(old, id_name), newDiscountCard=card(new, id_name))


def confirmed_phone(customer: CustomerBody, at: datetime, **more: Any) -> Body:
    """The phone was verified on this side, at that time."""
    return operation(customer, executionDateTimeUtc=utc_moment(at), **more)


def typed_code(customer: CustomerBody, code: str) -> Body:
    return operation(customer, smsConfirmation={"code": code})


def written(body: Body) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _filled(**fields: Any) -> Body:
    """Without what is empty; False and 0 are not empty."""
    return {name: value for name, value in fields.items() if not _is_empty(value)}


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str | dict | list) and not value)
