"""The link that puts a card into Google's wallet: a token that holds the card, or names it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from backend.passes.google.loyalty_object import has_secret
from backend.passes.google.service_account import ServiceAccount, unsigned

# Longer ones are cut by browsers on the way.
LONGEST_TOKEN = 1800
PATH = "/gp/v/save/"


def save_link(
    account: ServiceAccount, pay_url: str, made: Mapping[str, Any], now: datetime
) -> str | None:
    """None when the card is too long for a link, or not to be read in one: it must be with Google
    first (`named_link`)."""
    token = unsigned(_claims(account, made, now))
    if has_secret(made) or account.length(token) > LONGEST_TOKEN:
        return None
    return f"{pay_url}{PATH}{account.signed(token)}"


def named_link(account: ServiceAccount, pay_url: str, object_id: str, now: datetime) -> str:
    """Of a card that Google has."""
    return f"{pay_url}{PATH}{account.jwt(_claims(account, {'id': object_id}, now))}"


def _claims(account: ServiceAccount, made: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    return {
        "iss": account.email,
        "aud": "google",
        "typ": "savetowallet",
        "iat": int(now.timestamp()),
        "origins": [],
        "payload": {"loyaltyObjects": [made]},
    }
