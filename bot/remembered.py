"""Who writes and what the bot remembers of their chat, in one statement; and what of it is
written back: what a handler has changed."""

from typing import Any

import orjson

from backend.customers.person.meet import KnownAs
from backend.platform.database import columns, part, rows
from models.bot_chat import BotChat
from models.city import City
from models.customer import Customer

# A value in a list or a dict changes in place.
_IN_PLACE = ("awaiting_data", "basket", "landed")
# Whoever has blocked the bot, or never came in by themselves, has to be met first.
_REMEMBERED = """
SELECT {person}, {chat}, {city} FROM identities i
JOIN customers c ON c.id = i.customer_id
JOIN bot_chats b ON b.bot_id = $1 AND b.chat_id = $2
LEFT JOIN cities t ON t.id = c.city_id
WHERE i.door = $3 AND i.external_id = $4
    AND i.reachable_since IS NOT NULL AND i.blocked_at IS NULL
"""
Kept = dict[str, Any]


async def remembered(bot_id: int, chat_id: int, who: KnownAs) -> tuple[Customer, BotChat] | None:
    """The customer with their city. None for whoever is new, was away, or has no chat with this
    bot yet."""
    statement = _REMEMBERED.format(
        person=columns(Customer, "c"), chat=columns(BotChat, "b"), city=columns(City, "t")
    )
    found = await rows(statement, [bot_id, chat_id, who.door.value, who.external_id])
    if not found:
        return None
    (row,) = found
    customer, chat = part(Customer, "c", row), part(BotChat, "b", row)
    assert customer is not None
    assert chat is not None
    city = part(City, "t", row)
    if city is not None:
        customer.city = city
    return customer, chat


def kept_of(chat: BotChat) -> Kept:
    """The values of the row, to compare with later."""
    values = {name: getattr(chat, name) for name in BotChat._meta.db_fields}  # noqa: SLF001
    return values | {name: orjson.dumps(values[name]) for name in _IN_PLACE}


async def keep(chat: BotChat, before: Kept) -> None:
    """Write what has changed since; nothing, when nothing has."""
    changed = [name for name, value in kept_of(chat).items() if value != before[name]]
    if changed:
        await chat.save(update_fields=changed)
