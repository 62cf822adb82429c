"""Run the bot until it is cancelled: receive, keep, handle."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.exceptions import TelegramNotFound, TelegramUnauthorizedError

from backend.messaging.telegram.bot_factory import make_bot
from backend.messaging.telegram.pace import Pacer
from backend.platform.context import SOMEBODY, Context
from backend.platform.door import BOT
from backend.platform.policy import read_policy
from backend.platform.settings import Settings, listen_address
from backend.platform.sole import LostTurn, alone
from backend.platform.watch.log import get_log
from backend.platform.world.serving import serving
from bot.app import BotApp
from bot.dispatcher import KINDS, build_dispatcher
from bot.handlers.registry import ROUTERS
from bot.intake.lanes import Lanes
from bot.intake.poll import Poller
from bot.intake.store import Inbox
from bot.intake.trouble import label, passes, pause_asked
from bot.intake.webhook import webhook_app
from bot.menu import set_menu
from bot.screens.refusals import refusal_screen
from bot.words import load_words

RETENTION_SECONDS = 3600.0
PAUSE_SECONDS = 0.05
log = get_log(__name__)


class TokenRefused(RuntimeError):
    """Telegram does not know the token."""


async def receive_updates(settings: Settings, ctx: Context, app: BotApp) -> None:
    """Until cancelled; then the current update is finished. Raises TokenRefused. When the
    database goes away another process may take over: this one goes back to standby."""
    await _until_there(app.bot)
    inbox = Inbox(ctx, app.bot.id)
    async with _webhook_server(settings, ctx, app.bot, inbox):
        while True:
            try:
                async with alone(f"bot-{app.bot.id}", settings):
                    await _receive(settings, ctx, app, inbox)
            except LostTurn:
                log.warning("the turn to receive updates was lost: asking for it again")


async def _receive(settings: Settings, ctx: Context, app: BotApp, inbox: Inbox) -> None:
    await _until_there(app.bot, lambda: _announce(settings, ctx, app.bot))
    await _until_there(app.bot, lambda: set_menu(app.bot, app.catalogs))
    log.info("the bot receives updates", by="webhook" if settings.webhook_url else "poll")
    await _work(settings, app, inbox)


async def _work(settings: Settings, app: BotApp, inbox: Inbox) -> None:
    await inbox.lost_time.remember()
    lanes = Lanes(inbox, app.handle, app.apologise)
    handling = asyncio.create_task(lanes.run(), name="lanes")
    others = [asyncio.create_task(_forget_old(inbox), name="retention")]
    if not settings.webhook_url:
        poller = Poller(app.bot, inbox, KINDS)
        others.append(asyncio.create_task(poller.run(), name="poll"))
    try:
        ended, _ = await asyncio.wait([handling, *others], return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            task.result()
    except (TelegramUnauthorizedError, TelegramNotFound) as refused:
        raise _refused() from refused
    finally:
        for task in others:
            task.cancel()
        lanes.stop()
        await asyncio.gather(*others, return_exceptions=True)
        await handling


async def _forget_old(inbox: Inbox) -> None:
    while True:
        more = False
        try:
            more = await inbox.forget_old()
        except Exception as error:  # noqa: BLE001  it will do an hour later
            log.warning("old updates could not be deleted", error=label(error))
        # Between batches the database belongs to others.
        await asyncio.sleep(PAUSE_SECONDS if more else RETENTION_SECONDS)


async def _until_there(bot: Bot, call: Callable[[], Awaitable[Any]] | None = None) -> None:
    """Make a call (getMe when none is given) until Telegram is reached."""
    pause = 1.0
    while True:
        try:
            await (call or bot.me)()
        except (TelegramUnauthorizedError, TelegramNotFound) as refused:
            raise _refused() from refused
        except Exception as error:
            if not passes(error):
                raise
            log.warning("Telegram cannot be reached", error=label(error), pause=pause)
            await asyncio.sleep(max(pause, pause_asked(error)))
            pause = min(pause * 2, 30.0)
        else:
            return


def _refused() -> TokenRefused:
    return TokenRefused("KARMAN_BOT_TOKEN: Telegram does not know this token")


async def _announce(settings: Settings, ctx: Context, bot: Bot) -> None:
    """Tell Telegram where updates go. What waits there is never dropped."""
    if not settings.webhook_url:
        await bot.delete_webhook(drop_pending_updates=False)
        return
    await bot.set_webhook(
        settings.webhook_url,
        secret_token=webhook_secret(settings, ctx, bot.id),
        allowed_updates=list(KINDS),
        drop_pending_updates=False,
    )


def webhook_secret(settings: Settings, ctx: Context, bot_id: int) -> str:
    """The configured one, or one that every process of the deployment derives alike."""
    return settings.webhook_secret.get_secret_value() or ctx.vault.sign(f"webhook:{bot_id}")


@asynccontextmanager
async def _webhook_server(
    settings: Settings, ctx: Context, bot: Bot, inbox: Inbox
) -> AsyncIterator[None]:
    """Also a process in standby stores what is posted to it."""
    if not settings.webhook_url:
        yield
        return
    app = webhook_app(
        inbox,
        path=urlsplit(settings.webhook_url).path or "/",
        secret=webhook_secret(settings, ctx, bot.id),
    )
    async with serving(app, listen_address(settings.webhook_listen)):
        yield


async def run_bot(settings: Settings, ctx: Context, pacer: Pacer) -> None:
    """The whole bot, until cancelled. `pacer` is the one of this process (make_pacer)."""
    bot, ctx = make_bot(settings, pacer), ctx.acting(SOMEBODY, BOT)
    try:
        app = BotApp.of(
            bot,
            ctx,
            build_dispatcher(ROUTERS),
            load_words(),
            refusal_screen,
            settings.base_url,
            read_policy(settings),
        )
        try:
            await receive_updates(settings, ctx, app)
        finally:
            await app.reader.close()
    finally:
        await bot.session.close()
