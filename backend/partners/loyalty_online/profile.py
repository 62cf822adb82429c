"""What of a person goes to the host, in its own spelling."""

from collections.abc import Collection

from backend.partners.loyalty_online.settings import Settings
from backend.partners.loyalty_online.wire.models import Search
from backend.partners.member import Member, Subscription


def search_for(settings: Settings, member: Member) -> Search | None:
    """By what is proven to be theirs; None without any. A birth date never goes alone: it is
    everybody's who was born on that day."""
    by = settings.search_by
    phone = _msisdn(member) if "phone" in by and member.phone_verified else None
    email = member.email if "email" in by and member.email_verified else None
    if not phone and not email:
        return None
    born = member.birth_date if "birth_date" in by else None
    return Search(msisdn=phone or None, email=email or None, birth_date=born)


def profile_of(
    settings: Settings, member: Member, only: Collection[str] | None = None
) -> dict[str, str]:
    """What is known, by the host's names; of contacts what was confirmed."""
    known = {
        "phone": _msisdn(member) if member.phone_verified else "",
        "email": member.email if member.email_verified else "",
        "birth_date": member.birth_date.isoformat() if member.birth_date else "",
        "last_name": member.last_name,
        "first_name": member.first_name,
        "middle_name": member.middle_name,
        "sex": member.sex,
        "city": member.city,
    }
    return {
        theirs: known[ours]
        for ours, theirs in settings.names.items()
        if known[ours] and (only is None or ours in only)
    }


def channels_of(
    settings: Settings, subscriptions: Collection[Subscription]
) -> tuple[list[str], list[str]]:
    """What is allowed and what is not. Of several brands with one card each must allow it."""
    said: dict[str, list[bool]] = {}
    for each in subscriptions:
        if not settings.brand or each.brand == settings.brand:
            said.setdefault(each.channel, []).append(each.granted)
    spelled = {theirs: said[ours] for ours, theirs in settings.channels.items() if ours in said}
    allowed = [theirs for theirs, answers in spelled.items() if all(answers)]
    return allowed, [theirs for theirs in spelled if theirs not in allowed]


def _msisdn(member: Member) -> str:
    return member.phone.removeprefix("+")
