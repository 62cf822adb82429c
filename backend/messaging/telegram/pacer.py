"""The pacer that the settings ask for."""

from backend.messaging.telegram.pace import Pacer
from backend.messaging.telegram.pace_memory import memory_pacer
from backend.platform.settings import Settings


def make_pacer(settings: Settings) -> Pacer:
    """In memory, or in Redis where other processes may send for the same bot. Make one per
    process and give it to every bot object of that process."""
    if settings.redis_url.startswith("memory://"):
        return memory_pacer(settings.messages_per_second, paid=settings.paid_messages_per_second)
    from backend.messaging.telegram.pace_redis import redis_pacer  # noqa: PLC0415

    bot_id = settings.bot_token.get_secret_value().partition(":")[0]
    return redis_pacer(
        settings.redis_url, bot_id, settings.messages_per_second,
        paid=settings.paid_messages_per_second,
    )  # fmt: skip
