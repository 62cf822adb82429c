"""A member's answers as the fields of a Mindbox customer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from backend.partners.member import Member
from backend.partners.mindbox.settings import Settings
from backend.partners.mindbox.wire.bodies import CLEAR, CustomerBody, Value, phone_digits

# What Mindbox calls its own id of a customer.
THEIR_ID = "mindboxId"
# Where Mindbox may find fault → what is left out then.
_OPTIONAL = {
    "/customer/email": "email",
    "/customer/birthDate": "birth_date",
    "/customer/sex": "sex",
    "/customer/lastName": "last_name",
    "/customer/firstName": "first_name",
    "/customer/middleName": "middle_name",
}
_AREA, _FIELDS, _IDS = "/customer/area", "/customer/customFields/", "/customer/ids"
_CLEARABLE = ("last_name", "first_name", "middle_name", "birth_date", "sex", "email")


def profile_of(settings: Settings, member: Member) -> CustomerBody:
    """Empty answers leave what Mindbox has, but for those that the settings clear."""
    fields: dict[str, Any] = {
        "last_name": member.last_name,
        "first_name": member.first_name,
        "middle_name": member.middle_name,
        "birth_date": member.birth_date or "",
        "sex": member.sex,
        "email": member.email,
    }
    for name in _CLEARABLE:
        if not fields[name] and name in settings.clears:
            fields[name] = CLEAR
    return CustomerBody(
        ids={settings.customer_id: member.id},
        mobile_phone=phone_digits(member.phone),
        area_id=settings.areas.get(member.city, ""),
        custom_fields=_custom(settings, member),
        **fields,
    )


def _custom(settings: Settings, member: Member) -> dict[str, Value]:
    found: dict[str, Value] = {}
    if settings.city_field and (member.city or "city" in settings.clears):
        found[settings.city_field] = member.city or CLEAR
    for key, name in settings.fields.items():
        if (value := member.answers.get(key)) is not None:
            found[name] = _value(value)
    return found


def _value(value: Any) -> Value:
    if isinstance(value, bool):
        return value
    return [str(each) for each in value] if isinstance(value, list | tuple) else str(value)


def without(profile: CustomerBody, locations: tuple[str, ...]) -> CustomerBody | None:
    """The profile without the fields at these places. None when it cannot do without: the phone,
    the only id, or the request as a whole."""
    left: dict[str, Any] = {}
    custom: Mapping[str, Value] = profile.custom_fields
    for location in locations:
        if location in _OPTIONAL and (location != "/customer/email" or profile.mobile_phone):
            left[_OPTIONAL[location]] = ""
        elif location.startswith(_AREA):
            left["area_id"] = ""
        elif location.startswith(_IDS) and THEIR_ID in profile.ids and len(profile.ids) > 1:
            left["ids"] = {THEIR_ID: profile.ids[THEIR_ID]}
        elif location.startswith(_FIELDS):
            name = location.removeprefix(_FIELDS).casefold()
            custom = {key: value for key, value in custom.items() if key.casefold() != name}
        else:
            return None
    return replace(profile, custom_fields=custom, **left) if locations else None
