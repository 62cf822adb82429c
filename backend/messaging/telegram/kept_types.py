"""aiogram's session, with the types of its answers kept."""

from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType


class KeptTypes(AiohttpSession):
    """aiogram names `Response[Message]` anew at every call, and pydantic holds such a class
    weakly: collected, it and the validator of a whole message are built again."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self._kept: dict[type[TelegramMethod[Any]], object] = {}

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        kind = type(method)
        if kind not in self._kept:
            self._kept[kind] = Response[method.__returning__]  # type: ignore[name-defined]
        return super().check_response(bot, method, status_code, content)
