"""One question to Telegram, for `karman doctor`."""

from aiogram.exceptions import TelegramAPIError, TelegramNotFound, TelegramUnauthorizedError

from backend.messaging.telegram.bot_factory import make_bot
from backend.messaging.telegram.pace_memory import memory_pacer
from backend.platform.failures import NeedsSettings, TryLater
from backend.platform.settings import Settings


async def who_am_i(settings: Settings) -> str:
    """The bot's username. Raises NeedsSettings and TryLater."""
    bot = make_bot(settings, memory_pacer(1))
    try:
        me = await bot.get_me()
    except (TelegramUnauthorizedError, TelegramNotFound) as wrong:
        raise NeedsSettings("KARMAN_BOT_TOKEN: Telegram does not know this token") from wrong
    except TelegramAPIError as wrong:
        raise TryLater(f"Telegram cannot be reached at {settings.bot_api_url}") from wrong
    finally:
        await bot.session.close()
    return me.username or str(me.id)
