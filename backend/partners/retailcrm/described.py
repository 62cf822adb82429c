"""A person as RetailCRM's customer."""

from collections.abc import Sequence
from typing import Any

from backend.partners.member import Member, Subscription
from backend.partners.retailcrm.phones import same, spelled
from backend.partners.retailcrm.settings import Settings
from backend.partners.retailcrm.wire.models import Phone


def customer_fields(
    settings: Settings, member: Member, phones: Sequence[Phone] = ()
) -> dict[str, Any]:
    """What is known of them. `phones` are those that RetailCRM has: they stay."""
    told: dict[str, Any] = {
        "lastName": member.last_name,
        "firstName": member.first_name,
        "patronymic": member.middle_name,
        "email": member.email,
        "sex": member.sex,
    }
    if member.birth_date is not None:
        told["birthday"] = member.birth_date.isoformat()
    if member.city:
        told["address"] = {"city": member.city}
    if member.phone and not any(same(each.number, member.phone) for each in phones):
        ours = next(spelled(member.phone, settings.phone_spellings))
        told["phones"] = [*({"number": each.number} for each in phones), {"number": ours}]
    own = {
        code: member.answers[key]
        for key, code in settings.custom_fields.items()
        if key in member.answers
    }
    if own:
        told["customFields"] = own
    return {name: value for name, value in told.items() if value}


def consent_fields(settings: Settings, told: Sequence[Subscription]) -> dict[str, bool]:
    """Yes-or-no fields by their codes; a field that several share is a yes when all of them are."""
    fields: dict[str, bool] = {}
    for each in told:
        code = settings.consent_fields.get(f"{each.brand}:{each.channel}")
        if code is not None:
            fields[code] = fields.get(code, True) and each.granted
    return fields


def channels_of(settings: Settings, told: Sequence[Subscription]) -> list[dict[str, Any]]:
    """One for each channel and category, on when every brand that shares it may send."""
    active: dict[tuple[str, str], bool] = {}
    for each in told:
        channel = settings.subscriptions.get(each.channel)
        if channel is not None:
            key = channel, settings.categories.get(each.brand, "")
            active[key] = active.get(key, True) and each.granted
    return [
        {"channel": channel, **({"subscription": category} if category else {}), "active": yes}
        for (channel, category), yes in sorted(active.items())
    ]
