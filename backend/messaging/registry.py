"""Every channel, by name. A new one: a folder with send.py and settings.py, a line here."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from backend.messaging.channel import Channel, Channels
from backend.messaging.email.settings import email_channel
from backend.messaging.sms.settings import sms_channel
from backend.messaging.telegram.pace import Pacer
from backend.messaging.telegram.settings import open_telegram
from backend.messaging.wallet.send import PutNews
from backend.messaging.wallet.settings import wallet_channel
from backend.platform.clock import Clock, utc_now
from backend.platform.secrets.vault import Vault
from backend.platform.settings import Settings
from backend.platform.world.http import open_http
from models.channel import ChannelName


@asynccontextmanager
async def open_channels(
    settings: Settings,
    pacer: Pacer,
    clock: Clock = utc_now,
    vault: Vault | None = None,
    put_news: PutNews | None = None,
) -> AsyncIterator[Channels]:
    """The channels that are set up, open until the block ends. `pacer`: the one through
    which all of this process's Telegram calls go. `vault`: of the product. `put_news`: what is
    told on cards in phones. Raises SettingsRefused."""
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(open_http(loopback=bool(settings.sandbox_url)))
        found: dict[ChannelName, Channel | None] = {
            ChannelName.TELEGRAM: await stack.enter_async_context(open_telegram(settings, pacer)),
            ChannelName.EMAIL: email_channel(settings, http, clock, vault),
            ChannelName.SMS: sms_channel(settings, http),
            ChannelName.WALLET: wallet_channel(settings, put_news),
        }
        yield {name.value: channel for name, channel in found.items() if channel is not None}
