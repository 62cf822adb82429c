"""Long polling: acknowledged only after the commit, and patient with everything else."""

import pytest
from aiogram import Bot
from structlog.testing import capture_logs

from backend.platform.context import Context
from backend.platform.database import rows
from bot.dispatcher import KINDS
from bot.intake.poll import Poller
from bot.intake.store import Inbox
from bot.run import TokenRefused, _until_there
from models.telegram_update import TelegramUpdate
from tests.support.chat.telegram import Telegram
from tests.support.machine.running import in_background
from tests.support.machine.waiting import until, until_logged


def poller(bot: Bot, ctx: Context, telegram: Telegram) -> Poller:
    inbox = Inbox(ctx, telegram.bot_id)
    return Poller(bot, inbox, KINDS, wait=1, first_pause=0.05, longest_pause=0.05)


async def until_stored(count: int) -> None:
    async def stored() -> bool:
        return await TelegramUpdate.all().count() >= count

    await until(stored, f"{count} updates in the database")


async def test_what_could_not_be_stored_is_not_acknowledged(
    telegram: Telegram, aiogram_bot: Bot, database: str, ctx: Context
) -> None:
    anna = telegram.person("Анна")
    await rows("ALTER TABLE telegram_updates RENAME TO away")
    async with in_background(poller(aiogram_bot, ctx, telegram).run()):
        await anna.send("привет")
        with capture_logs() as said:
            await until_logged(said, "updates cannot be fetched")
        assert telegram.sandbox.box.updates.pending == 1, "Telegram still keeps it"

        await rows("ALTER TABLE away RENAME TO telegram_updates")
        await until_stored(1)
        await anna.send("ещё")
        await until_stored(2)

    assert telegram.sandbox.box.updates.pending <= 1, "the first is acknowledged"
    assert await TelegramUpdate.all().count() == 2


async def test_another_program_with_the_same_token_is_named_and_outlived(
    telegram: Telegram, aiogram_bot: Bot, database: str, ctx: Context
) -> None:
    await telegram.call("setWebhook", url="http://127.0.0.1:9/other")
    with capture_logs() as said:
        async with in_background(poller(aiogram_bot, ctx, telegram).run()):
            await until_logged(said, "another program receives the updates")
            await telegram.call("deleteWebhook")
            await telegram.person("Анна").send("привет")
            await until_stored(1)


async def test_a_telegram_that_goes_away_and_comes_back_loses_nothing(
    telegram: Telegram, aiogram_bot: Bot, database: str, ctx: Context
) -> None:
    async with in_background(poller(aiogram_bot, ctx, telegram).run()):
        await telegram.person("Анна").send("до")
        await until_stored(1)
        await telegram.restart()
        await telegram.person("Анна").send("после")
        await until_stored(2)


async def test_a_revoked_token_ends_the_bot_with_one_clear_line(
    telegram: Telegram, bot_settings: object
) -> None:
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    stranger = Bot("123456789:not-the-token-of-this-sandbox", session=session)
    with pytest.raises(TokenRefused, match="KARMAN_BOT_TOKEN"):
        await _until_there(stranger)
    await session.close()
