"""The aiogram Bot, wired to the pacer."""

import json
from functools import partial

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.types import LinkPreviewOptions

from backend.messaging.telegram.lean_calls import LeanCalls
from backend.messaging.telegram.pace import Pacer
from backend.messaging.telegram.session import PacedCalls
from backend.platform.settings import Settings

# Connections at once; more than the sends in flight at the highest paid rate.
CONNECTIONS = 500
TIMEOUT_SECONDS = 20.0


def make_bot(settings: Settings, pacer: Pacer) -> Bot:
    """Every call of this bot goes through `pacer`. Close with `bot.session.close()`.

    Text is Telegram HTML unless a call says otherwise.
    """
    session = LeanCalls(
        api=TelegramAPIServer.from_base(settings.bot_api_url),
        limit=CONNECTIONS,
        timeout=TIMEOUT_SECONDS,
        json_dumps=partial(json.dumps, ensure_ascii=False),
    )
    session.middleware(PacedCalls(pacer))
    return Bot(
        settings.bot_token.get_secret_value(),
        session=session,
        default=DefaultBotProperties(
            parse_mode=ParseMode.HTML,
            # link_preview_is_disabled would become an argument that Bot API has dropped.
            link_preview=LinkPreviewOptions(is_disabled=True),
        ),
    )
