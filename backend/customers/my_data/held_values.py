"""Values as «My data» writes them."""

from datetime import datetime
from typing import Any

from backend.platform.words import spoken
from models.customer import Customer

Json = dict[str, Any]


def at(moment: datetime | None) -> str | None:
    """ISO 8601."""
    return moment.isoformat() if moment is not None else None


def named(thing: Any, customer: Customer) -> str | None:
    """The name in the customer's language, of whatever has one."""
    if thing is None:
        return None
    return spoken(thing, "name", customer.language)
