"""What every call of the bot carries."""

from aiogram.methods import SendMessage

from backend.messaging.telegram.bot_factory import make_bot
from backend.messaging.telegram.pace_memory import memory_pacer
from backend.platform.settings import Settings
from tests.support.noting_telegram import TOKEN


async def test_no_preview_of_links_and_nothing_that_bot_api_has_dropped() -> None:
    bot = make_bot(Settings(bot_token=TOKEN), memory_pacer(1))
    call, sent = SendMessage(chat_id=1, text="https://karman.example"), {}
    for name, value in call.model_dump(warnings=False).items():
        prepared = bot.session.prepare_value(value, bot=bot, files={})
        if prepared is not None:
            sent[name] = prepared
    await bot.session.close()
    assert sent == {
        "chat_id": "1",
        "text": "https://karman.example",
        "parse_mode": "HTML",
        "link_preview_options": '{"is_disabled":true}',
    }
