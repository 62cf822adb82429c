"""A bot in a process of its own, to be killed: it notes what it handles in a journal.

Usage: python -m tests.support.chat.bot_process DATABASE API TOKEN KEY FOLDER
Handling waits while the file `FOLDER/gate` is missing.
"""

import asyncio
import os
import sys
from pathlib import Path

from aiogram import Router
from aiogram.types import Message

from backend.messaging.telegram.bot_factory import make_bot
from backend.messaging.telegram.pacer import make_pacer
from backend.platform.clock import utc_now
from backend.platform.database import connect
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.open_vault import open_vault
from backend.platform.settings import load_settings
from bot.app import BotApp
from bot.dispatcher import build_dispatcher
from bot.run import receive_updates
from bot.screens.refusals import refusal_screen
from bot.words import load_words
from tests.support.contexts import context


def journalling(folder: Path) -> Router:
    router = Router()

    def note(what: str, event: Message) -> None:
        with (folder / "journal").open("a") as journal:
            journal.write(f"{os.getpid()} {what} {event.text}\n")

    @router.message()
    async def handle(event: Message) -> None:
        note("begin", event)
        while not (folder / "gate").exists():  # noqa: ASYNC110  the test is another process
            await asyncio.sleep(0.01)
        note("done", event)

    return router


async def main(database: str, api: str, token: str, key: str, folder: Path) -> None:
    settings = load_settings(
        bot_token=token, bot_api_url=api, database_url=database, data_dir=folder
    )
    await connect(settings.database)
    vault = await open_vault(MasterKeys(current=bytes.fromhex(key)), utc_now())
    ctx = context(vault)
    bot = make_bot(settings, make_pacer(settings))
    app = BotApp.of(bot, ctx, build_dispatcher([journalling(folder)]), load_words(), refusal_screen)
    await receive_updates(settings, ctx, app)


if __name__ == "__main__":
    _, database_url, api_url, bot_token, master, place = sys.argv
    asyncio.run(main(database_url, api_url, bot_token, master, Path(place)))
