"""Customers, one at a time, and by what they are known."""

from datetime import datetime

from backend.customers.person.meet import in_telegram, meet, whose
from backend.identities import identity_at, telegram_chat_of
from backend.platform.context import Context
from models.customer import Customer
from models.identity import Entrance, Identity


async def someone(ctx: Context, telegram_id: int | None = None, language: str = "ru") -> Customer:
    """Whoever has a chat has opened the bot; without one they were brought by somebody else."""
    if telegram_id is not None:
        return await meet(ctx, in_telegram(telegram_id), language=language)
    return await Customer.create(
        language=language, data_key=ctx.vault.new_data_key(), created_at=ctx.clock()
    )


async def with_chat(customer: Customer, chat_id: int) -> Customer:
    """They opened the bot when their row was made."""
    await Identity.create(
        customer=customer,
        door=Entrance.TELEGRAM,
        external_id=str(chat_id),
        reachable_since=customer.created_at,
        created_at=customer.created_at,
    )
    return customer


async def customer_of(chat_id: int) -> Customer:
    found = await whose(in_telegram(chat_id))
    assert found is not None, f"nobody has the chat {chat_id}"
    return found


async def chat_of(customer: Customer) -> int:
    chat = await telegram_chat_of(customer.id)
    assert chat is not None
    return chat


async def blocked_at(customer: Customer) -> datetime | None:
    identity = await identity_at(customer.id, Entrance.TELEGRAM)
    assert identity is not None
    return identity.blocked_at


async def has_blocked(customer: Customer, now: datetime) -> None:
    await Identity.filter(customer_id=customer.id).update(blocked_at=now)
