"""The person blocked the bot, or Telegram says that he is gone: nothing more is sent."""

from backend.platform.context import Context
from models.customer import Customer


async def block(ctx: Context, *, telegram_id: int) -> None:
    """Keeps the time of the first block; nothing happens to somebody unknown."""
    await Customer.filter(telegram_id=telegram_id, blocked_at=None).update(blocked_at=ctx.clock())
