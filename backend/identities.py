"""By what a customer is known, and where their chat is."""

from models.identity import Entrance, Identity


async def identities_of(customer_id: int) -> list[Identity]:
    return await Identity.filter(customer_id=customer_id).order_by("id")


async def identity_at(customer_id: int, door: str) -> Identity | None:
    return await Identity.get_or_none(customer_id=customer_id, door=door)


async def telegram_chat_of(customer_id: int) -> int | None:
    """The private chat with the bot; None for somebody without one."""
    identity = await identity_at(customer_id, Entrance.TELEGRAM)
    return None if identity is None else int(identity.external_id)
