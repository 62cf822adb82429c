"""The person came back after blocking the bot."""

from backend.platform.context import Context
from models.customer import Customer


async def unblock(_ctx: Context, *, telegram_id: int) -> None:
    """Consents stay as they were: coming back is not a new answer to anything."""
    await Customer.filter(telegram_id=telegram_id).exclude(blocked_at=None).update(blocked_at=None)
