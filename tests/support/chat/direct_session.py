"""aiogram straight into the sandbox, without HTTP: for tests that make very many calls."""

from collections.abc import AsyncGenerator
from typing import Any, cast

import orjson
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile

from bot.sandbox.bodies import Params, Upload
from bot.sandbox.bot_api import run
from bot.sandbox.box import Box


class DirectSession(BaseSession):
    """As strict as the sandbox: it is the sandbox."""

    def __init__(self, box: Box) -> None:
        super().__init__(json_loads=orjson.loads, json_dumps=lambda v: orjson.dumps(v).decode())
        self._box = box

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109  aiogram's signature
    ) -> TelegramType:
        files: dict[str, Any] = {}
        values = {
            name: prepared
            for name, value in method.model_dump(warnings=False).items()
            if (prepared := self.prepare_value(value, bot=bot, files=files))
        }
        params = await _params(bot, values, files)
        status, answer = await run(self._box, method.__api_method__, params)
        content = orjson.dumps(answer).decode()
        response = self.check_response(bot, method, status, content)
        return cast("TelegramType", response.result)

    async def stream_content(self, url: str, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        if url:
            raise AssertionError(f"the bot downloads nothing: {url}")
        yield b""

    async def close(self) -> None:
        """Nothing is open."""


async def _params(bot: Bot, values: dict[str, Any], files: dict[str, InputFile]) -> Params:
    """A file comes in pieces, as over HTTP."""
    uploads = {}
    for name, file in files.items():
        content = b"".join([piece async for piece in file.read(bot)])
        uploads[name] = Upload(file.filename or name, content, "application/octet-stream")
    return Params(values, uploads)
