"""Whose an identity is, and the other way round."""

from dataclasses import dataclass

from tortoise.queryset import QuerySetSingle

from models.customer import Customer
from models.identity import Entrance, Identity


@dataclass(frozen=True, slots=True)
class KnownAs:
    """Somebody, as a door names them. For Telegram the id is also that of their private chat."""

    door: Entrance
    external_id: str


def in_telegram(chat_id: int) -> KnownAs:
    return KnownAs(Entrance.TELEGRAM, str(chat_id))


def known(who: KnownAs) -> QuerySetSingle[Identity | None]:
    """With its customer."""
    return Identity.get_or_none(door=who.door, external_id=who.external_id).select_related(
        "customer"
    )


async def whose(who: KnownAs) -> Customer | None:
    identity = await known(who)
    return None if identity is None else identity.customer


async def is_known_as(customer_id: int, who: KnownAs) -> bool:
    return await Identity.exists(
        customer_id=customer_id, door=who.door, external_id=who.external_id
    )


async def identities_of(customer_id: int) -> list[Identity]:
    return await Identity.filter(customer_id=customer_id).order_by("id")


async def identity_at(customer_id: int, door: str) -> Identity | None:
    return await Identity.get_or_none(customer_id=customer_id, door=door)


async def telegram_chat_of(customer_id: int) -> int | None:
    """The private chat with the bot; None for somebody without one."""
    identity = await identity_at(customer_id, Entrance.TELEGRAM)
    return None if identity is None else int(identity.external_id)
