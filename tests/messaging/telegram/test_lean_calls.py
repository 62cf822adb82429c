"""A call carries what aiogram would have sent; of the answer stays what is asked for."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import (
    AnswerCallbackQuery,
    BanChatMember,
    EditMessageMedia,
    EditMessageText,
    SendDocument,
    SendMessage,
    SetMyCommands,
    TelegramMethod,
)
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InputMediaPhoto,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from aiohttp import FormData
from aiohttp.payload import BytesPayload

from backend.messaging.telegram.bot_factory import make_bot
from backend.messaging.telegram.lean_calls import LeanCalls
from backend.messaging.telegram.pace_memory import memory_pacer
from backend.platform.settings import Settings
from bot.keyboards import inline_keyboard
from bot.screens.screen import Button, Style
from tests.support.edge.noting_telegram import TOKEN

_KEYS = inline_keyboard(
    (
        (
            Button("Карта «Лук»", tap="card:1", style=Style.PRIMARY),
            Button("Сайт", url="https://k.ru"),
        ),
        (Button("Номер", copy="460"), Button("Позвать", share="")),
    )
)
CALLS: list[TelegramMethod[Any]] = [
    EditMessageText(
        text="<b>Карман</b>",
        chat_id=7,
        message_id=1,
        parse_mode="HTML",
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_markup=_KEYS,
    ),
    EditMessageMedia(
        media=InputMediaPhoto(media="file-1", caption="Карта"), chat_id=7, message_id=1
    ),
    AnswerCallbackQuery(callback_query_id="7-1"),
    AnswerCallbackQuery(callback_query_id="7-1", text="", show_alert=False, cache_time=0),
    SendMessage(
        chat_id=7,
        text="Как вас зовут?",
        reply_parameters=ReplyParameters(message_id=3),
        reply_markup=ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Отмена")]]),
    ),
    SetMyCommands(commands=[BotCommand(command="start", description="Начать")]),
    SetMyCommands(commands=[]),
]


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    made = make_bot(Settings(bot_token=TOKEN), memory_pacer(1))
    yield made
    await made.session.close()


def session(bot: Bot) -> LeanCalls:
    assert isinstance(bot.session, LeanCalls)
    return bot.session


@pytest.mark.parametrize("call", CALLS, ids=lambda call: type(call).__name__)
async def test_a_call_carries_what_aiogram_would_send(bot: Bot, call: TelegramMethod[Any]) -> None:
    body = session(bot).build_form_data(bot, call)
    form = AiohttpSession.build_form_data(session(bot), bot, call)
    assert isinstance(body, BytesPayload)
    assert body.content_type == "application/json"
    given = {name: _as_text(value) for name, value in orjson.loads(body.decode()).items()}
    assert given == {options["name"]: _as_text(value) for options, _, value in form._fields}


def _as_text(value: Any) -> Any:
    """A form writes numbers and objects as texts."""
    try:
        return orjson.loads(value) if isinstance(value, str) else value
    except orjson.JSONDecodeError:
        return value


async def test_what_json_cannot_say_goes_as_a_form(bot: Bot) -> None:
    file = SendDocument(chat_id=7, document=BufferedInputFile(b"123", "cards.zip"))
    until = BanChatMember(chat_id=7, user_id=8, until_date=datetime(2026, 1, 1, tzinfo=UTC))
    assert isinstance(session(bot).build_form_data(bot, file), FormData)
    form = session(bot).build_form_data(bot, until)
    assert isinstance(form, FormData)
    assert b"until_date=1767225600" in form()._value


async def test_of_a_sent_message_stays_what_nobody_could_know(bot: Bot) -> None:
    picture = {"file_id": "f-1", "file_unique_id": "u-1", "width": 90, "height": 45}
    message = {
        "message_id": 5,
        "date": 1,
        "chat": {"id": 7, "type": "private"},
        "photo": [picture],
        "caption": "Карта",
        "reply_markup": {"inline_keyboard": [[{"text": "Назад", "callback_data": "home"}]]},
    }
    call, content = CALLS[1], orjson.dumps({"ok": True, "result": message}).decode()
    sent = session(bot).check_response(bot, call, 200, content).result
    assert isinstance(sent, Message)
    assert (sent.message_id, sent.chat.id) == (5, 7)
    assert sent.photo is not None
    assert sent.photo[-1].file_id == "f-1"
    assert (sent.caption, sent.reply_markup) == (None, None)
    # Whoever has sent it may change it.
    assert sent.bot is bot
