"""The barest bot that answers a tap from a database: aiogram as it comes, uvloop, one SELECT, one
edited message, one answer. `python -m tests.bench.parts.bare_bot DATABASE_URL BOT_API_URL`."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import aiosqlite
import asyncpg
import orjson
import uvloop
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.bench.parts.bot_api import TOKEN

_SELECT = "SELECT screen_message_id, keys FROM bot_chats WHERE bot_id = $1 AND chat_id = $2"
Select = Callable[[int, int], Awaitable[Any]]
KEYS = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text=f"Кнопка {n}", callback_data=f"tap:{n}")] for n in range(6)
    ]
)


Close = Callable[[], Awaitable[None]]


async def open_database(url: str) -> tuple[Select, Close]:
    if url.startswith("postgres"):
        pool = await asyncpg.create_pool(url, min_size=16, max_size=16)

        async def from_postgres(bot: int, chat: int) -> Any:
            return await pool.fetchrow(_SELECT, bot, chat)

        return from_postgres, pool.close
    raw = await aiosqlite.connect(url.removeprefix("sqlite://"))

    async def from_sqlite(bot: int, chat: int) -> Any:
        async with raw.execute(_SELECT.replace("$", "?"), (bot, chat)) as found:
            return await found.fetchone()

    return from_sqlite, raw.close


async def main(database: str, api: str) -> None:
    select, close = await open_database(database)
    session = AiohttpSession(
        api=TelegramAPIServer.from_base(api),
        json_loads=orjson.loads,
        json_dumps=lambda value: orjson.dumps(value).decode(),
    )
    bot, dispatcher = Bot(TOKEN, session=session), Dispatcher(disable_fsm=True)

    @dispatcher.callback_query()
    async def tapped(query: CallbackQuery) -> None:
        found = await select(bot.id, query.from_user.id)
        assert found is not None
        assert isinstance(query.message, Message)
        await query.answer()
        text = f"<b>Карман</b>\n\nСообщение {found[0]}"
        await query.message.edit_text(text, parse_mode=ParseMode.HTML, reply_markup=KEYS)

    try:
        await dispatcher.start_polling(bot, handle_signals=True)
    finally:
        # Its thread would keep the process alive.
        await close()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(*sys.argv[1:]))
