"""Calls of the Bot API at a fraction of aiogram's work: JSON instead of a form, and of a message
that was sent only what nobody could know before.

aiogram writes every field of every button, walks through it all and quotes it, and reads the same
buttons again in the answer, each as an object of its own, by validators of whatever a message can
carry: 3 MB for each kind of answer that is one.
"""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import orjson
from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import Chat, Message, PhotoSize, TelegramObject
from aiohttp import FormData
from aiohttp.payload import BytesPayload

_JSON = "application/json"
# To be copied: a hundred fields take ten times as long to be left out one by one.
_CHAT = Chat.model_construct(id=0, type="private")
_SENT = Message.model_construct(message_id=0, date=datetime.fromtimestamp(0, UTC), chat=_CHAT)
_IN_A_MESSAGE = {"message_id", "chat", "date"}


class LeanCalls(AiohttpSession):
    """aiogram names `Response[Message]` anew at every call, and pydantic holds such a class
    weakly: collected, it and the validator of a whole message are built again."""

    def __init__(self, **more: Any) -> None:
        super().__init__(json_loads=orjson.loads, **more)
        self._kept: dict[type[TelegramMethod[Any]], object] = {}

    def build_form_data(  # type: ignore[override]
        self, bot: Bot, method: TelegramMethod[TelegramType]
    ) -> FormData | BytesPayload:
        """What JSON cannot say, files and moments, goes as a form."""
        try:
            body = orjson.dumps(_given(bot, method), option=orjson.OPT_PASSTHROUGH_DATETIME)
        except orjson.JSONEncodeError:
            return super().build_form_data(bot, method)
        return BytesPayload(body, content_type=_JSON)

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        if status_code == HTTPStatus.OK and (done := _done(bot, content)) is not None:
            return Response.model_construct(ok=True, result=done)
        kind = type(method)
        if kind not in self._kept:
            self._kept[kind] = Response[method.__returning__]  # type: ignore[name-defined]
        return super().check_response(bot, method, status_code, content)


def _done(bot: Bot, content: str) -> Any:
    """True, or the message that was sent or edited; None for any other answer."""
    try:
        answer = orjson.loads(content)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(answer, dict) or answer.get("ok") is not True:
        return None
    result = answer.get("result")
    if isinstance(result, dict) and result.keys() >= _IN_A_MESSAGE:
        return _message(result).as_(bot)
    return True if result is True else None


def _message(told: dict[str, Any]) -> Message:
    """Which one, and its picture as it was sent: what it says is known to whoever has sent it."""
    chat = _CHAT.model_copy(update={name: told["chat"][name] for name in ("id", "type")})
    # The last of its sizes is the largest.
    pictures = [PhotoSize.model_construct(**size) for size in told.get("photo", ())[-1:]]
    known = {
        "message_id": told["message_id"],
        "date": datetime.fromtimestamp(told["date"], UTC),
        "chat": chat,
        "photo": pictures or None,
    }
    return _SENT.model_copy(update=known)


def _given(bot: Bot, method: TelegramMethod[Any]) -> dict[str, Any]:
    """An empty text counts as none."""
    values = method.model_dump(warnings=False, exclude_none=True)
    settled = ((name, _settled(bot, value)) for name, value in values.items())
    return {name: value for name, value in settled if value not in (None, "")}


def _settled(bot: Bot, value: Any) -> Any:
    """With the bot's own defaults."""
    if isinstance(value, str | int):
        return value
    if isinstance(value, Default):
        value = bot.default[value.name]
    if isinstance(value, TelegramObject):
        value = value.model_dump(warnings=False, exclude_none=True)
    if isinstance(value, list):
        return [_settled(bot, each) for each in value]
    if isinstance(value, dict):
        settled = ((name, _settled(bot, each)) for name, each in value.items())
        return {name: each for name, each in settled if each is not None}
    return value
