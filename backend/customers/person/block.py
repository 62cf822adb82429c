"""Somebody blocked the bot, or Telegram says that they are gone: nothing more is sent there."""

from backend.customers.person.meet import KnownAs
from backend.platform.context import Context
from models.identity import Identity


async def block(ctx: Context, who: KnownAs) -> None:
    """Keeps the time of the first block; nothing happens to somebody unknown."""
    there = Identity.filter(door=who.door, external_id=who.external_id, blocked_at=None)
    await there.update(blocked_at=ctx.clock())


async def unblock(_ctx: Context, who: KnownAs) -> None:
    """They are back. Consents stay as they were: coming back is not a new answer to anything."""
    there = Identity.filter(door=who.door, external_id=who.external_id)
    await there.exclude(blocked_at=None).update(blocked_at=None)
