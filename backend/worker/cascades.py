"""What became of messages, and their next channels, from one process at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from functools import partial

from backend.cascades.advance import advance
from backend.cascades.ask_gateway import ask_gateway, give_up_asking
from backend.cascades.read_arrivals import report_arrived
from backend.cascades.read_bounces import read_bounces
from backend.links.clicks import clicked
from backend.messaging.channel import Channels, OutcomeUnknown
from backend.messaging.sms.reports import sms_reports
from backend.platform.context import Context
from backend.platform.failures import Failure, NeedsSettings
from backend.platform.repeat import repeat
from backend.platform.settings import Settings
from backend.platform.watch.log import get_log
from backend.platform.world.http import open_http
from backend.platform.world.outside import parse_imap
from backend.spending.prices import prices_of
from models.channel import ChannelName

EVERY_SECONDS = 2.0
PAUSE_SECONDS = 0.05
ASK_SECONDS = 15.0
MAIL_SECONDS = 60.0
# How long it rests for which settings are missing.
SETTINGS_SECONDS = 600.0
log = get_log(__name__)


async def keep_cascades(ctx: Context, settings: Settings, channels: Channels) -> None:
    """Runs until cancelled, in the process whose turn it is."""
    async with asyncio.TaskGroup() as group:
        group.create_task(repeat("cascades", partial(_advance, ctx, channels)))
        group.create_task(_keep_asking(ctx, settings))
        if ChannelName.WALLET in channels:
            arrived = partial(report_arrived, ctx)
            group.create_task(repeat("arrivals", partial(_step, "arrivals", ASK_SECONDS, arrived)))
        if url := settings.bounce_imap_url.get_secret_value():
            step = partial(read_bounces, ctx, parse_imap(url))
            group.create_task(repeat("bounces", partial(_step, "bounces", MAIL_SECONDS, step)))


async def _advance(ctx: Context, channels: Channels) -> None:
    more = await advance(ctx, channels.keys(), clicked, by_channel)
    # Between batches the database belongs to others.
    await asyncio.sleep(PAUSE_SECONDS if more else EVERY_SECONDS)


async def _keep_asking(ctx: Context, settings: Settings) -> None:
    gateway = sms_reports(settings)
    async with open_http() as http:

        async def step() -> bool:
            over = await give_up_asking(ctx.clock())
            return over if gateway is None else await ask_gateway(ctx, http, gateway) or over

        await repeat("reports", partial(_step, "reports", ASK_SECONDS, step))


async def _step(name: str, every: float, step: Callable[[], Awaitable[bool]]) -> None:
    try:
        more = await step()
    except NeedsSettings as missing:
        log.warning("reports need settings", what=name, reason=missing.reason)
        await asyncio.sleep(SETTINGS_SECONDS)
    except (Failure, OutcomeUnknown) as away:
        log.info("reports wait", what=name, reason=str(away))
        await asyncio.sleep(every)
    else:
        await asyncio.sleep(PAUSE_SECONDS if more else every)


async def by_channel(account_ids: Collection[int]) -> Mapping[int, Mapping[str, int]]:
    found = await prices_of(account_ids)
    return {account: prices.by_channel for account, prices in found.items()}
