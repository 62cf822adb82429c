"""Calls of the Bot API at a fraction of aiogram's work: JSON instead of a form, and of a message
that was sent only what nobody could know before.

aiogram writes every field of every button, walks through it all and quotes it, and reads the same
buttons again in the answer, each as an object of its own.
"""

from typing import Any

import orjson
from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import TelegramObject
from aiohttp import FormData
from aiohttp.payload import BytesPayload

# What a message says is known to whoever has sent it.
_SAID = ("text", "entities", "caption", "caption_entities", "reply_markup")
_JSON = "application/json"


def read_answer(content: str) -> Any:
    """The answer to a call; of one message without what was just said in it."""
    answer = orjson.loads(content)
    result = answer.get("result") if isinstance(answer, dict) else None
    if isinstance(result, dict) and "message_id" in result:
        for name in _SAID:
            result.pop(name, None)
    return answer


class LeanCalls(AiohttpSession):
    """aiogram names `Response[Message]` anew at every call, and pydantic holds such a class
    weakly: collected, it and the validator of a whole message are built again."""

    def __init__(self, **more: Any) -> None:
        super().__init__(json_loads=read_answer, **more)
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
        kind = type(method)
        if kind not in self._kept:
            self._kept[kind] = Response[method.__returning__]  # type: ignore[name-defined]
        return super().check_response(bot, method, status_code, content)


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
