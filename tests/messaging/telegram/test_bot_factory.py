"""What every call of the bot carries."""

import json
from typing import cast

from aiogram.methods import SendMessage
from aiohttp.payload import BytesPayload

from backend.messaging.telegram.bot_factory import TIMEOUT_SECONDS, make_bot
from backend.messaging.telegram.lean_calls import LeanCalls
from backend.messaging.telegram.pace_memory import memory_pacer
from backend.platform.settings import Settings
from tests.support.edge.noting_telegram import TOKEN


async def test_no_preview_of_links_and_nothing_that_bot_api_has_dropped() -> None:
    bot = make_bot(Settings(bot_token=TOKEN), memory_pacer(1))
    call = SendMessage(chat_id=1, text="https://karman.example")
    body = cast("LeanCalls", bot.session).build_form_data(bot, call)
    await bot.session.close()
    assert isinstance(body, BytesPayload)
    assert json.loads(body.decode()) == {
        "chat_id": 1,
        "text": "https://karman.example",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }


async def test_a_bot_asks_the_server_of_the_settings_and_waits_so_long() -> None:
    settings = Settings(bot_token=TOKEN, bot_api_url="http://127.0.0.1:8081")
    bot = make_bot(settings, memory_pacer(1))
    session = bot.session
    await session.close()
    assert bot.token == TOKEN
    assert session.api.api_url(TOKEN, "getMe") == f"http://127.0.0.1:8081/bot{TOKEN}/getMe"
    assert session.timeout == TIMEOUT_SECONDS
    assert session.json_loads(session.json_dumps({"имя": [1, None]})) == {"имя": [1, None]}
