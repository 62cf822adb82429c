"""Every channel, by name. A new one: a folder with send.py and settings.py, a line here."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from backend.messaging.channel import Channel, Channels
from backend.messaging.telegram.pace import Pacer
from backend.messaging.telegram.settings import open_telegram
from backend.platform.settings import Settings


@asynccontextmanager
async def open_channels(settings: Settings, pacer: Pacer) -> AsyncIterator[Channels]:
    """The channels that are set up, open until the block ends. `pacer`: the one through
    which all of this process's Telegram calls go."""
    async with AsyncExitStack() as stack:
        channels: dict[str, Channel] = {
            "telegram": await stack.enter_async_context(open_telegram(settings, pacer)),
        }
        yield channels
