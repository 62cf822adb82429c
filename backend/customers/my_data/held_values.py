"""Values as «My data» writes them."""

from datetime import datetime
from typing import Any

from backend.platform.context import Context
from models.customer import Customer

Json = dict[str, Any]


def opened(ctx: Context, customer: Customer, sealed: bytes | None, place: str) -> Any:
    """None where nothing is sealed. Raises CannotOpen."""
    if sealed is None or customer.data_key is None:
        return None
    return ctx.vault.open_json(customer.data_key, sealed, place)


def at(moment: datetime | None) -> str | None:
    """ISO 8601."""
    return moment.isoformat() if moment is not None else None


def named(thing: Any, customer: Customer) -> str | None:
    """The name in the customer's language, of whatever has one."""
    if thing is None:
        return None
    return str(thing.name_ru if customer.language == "ru" else thing.name_en)
