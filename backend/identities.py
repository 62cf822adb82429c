"""By what a customer is known, and where their chat is."""

from backend.platform.database import loaded, rows
from models.identity import Entrance, Identity


async def identities_of(customer_id: int) -> list[Identity]:
    return await Identity.filter(customer_id=customer_id).order_by("id")


_AT = "SELECT * FROM identities WHERE customer_id = $1 AND door = $2"


async def identity_at(customer_id: int, door: str) -> Identity | None:
    found = await rows(_AT, [customer_id, str(door)])
    return loaded(Identity, found[0]) if found else None


async def telegram_chat_of(customer_id: int) -> int | None:
    """The private chat with the bot; None for somebody without one."""
    identity = await identity_at(customer_id, Entrance.TELEGRAM)
    return None if identity is None else int(identity.external_id)
