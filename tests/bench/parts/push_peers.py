"""What others send the same with, each in a process of its own until it is killed.

    python -m tests.bench.parts.push_peers NAME URL RATE PEOPLE

They are told to keep the pace that they can be told; what they keep of it is what they are.
"""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter

from tests.bench.parts.bot_api import TOKEN

TEXT = "Кофе дешевле"


def bot(url: str) -> Bot:
    return Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))


async def one_after_the_other(url: str, rate: float, people: range) -> None:
    """A loop that sends, and sleeps for a slot."""
    sender = bot(url)
    for person in people:
        try:
            await sender.send_message(person, TEXT)
        except TelegramRetryAfter as refused:
            await asyncio.sleep(refused.retry_after)
        await asyncio.sleep(1 / rate)


async def all_at_once(url: str, rate: float, people: range) -> None:
    """The other loop that everybody writes."""
    sender = bot(url)
    step = max(1, int(rate))
    for first in range(people.start, people.stop, step):
        group = range(first, min(first + step, people.stop))
        await asyncio.gather(
            *(sender.send_message(person, TEXT) for person in group), return_exceptions=True
        )
        await asyncio.sleep(1)


async def aiogram_broadcast(url: str, rate: float, people: range) -> None:
    from aiogram_broadcast.service import BroadcastService

    class Storage:
        async def get_all_subscriber_ids(self, state: object = None) -> list[int]:
            return list(people)

        async def update_subscriber_state(self, *_: object, **__: object) -> bool:
            return True

    await BroadcastService(bot(url), Storage(), rate_limit=1 / rate).broadcast_text(TEXT)


async def aiogram_broadcaster(url: str, rate: float, people: range) -> None:
    from aiogram_broadcaster import Broadcaster
    from aiogram_broadcaster.contents import TextContent
    from aiogram_broadcaster.intervals import SimpleInterval

    mailer = await Broadcaster(bot(url)).create_mailer(
        chats=people, content=TextContent(text=TEXT), interval=SimpleInterval(interval=1 / rate)
    )
    await mailer.start()


async def tgcast(url: str, rate: float, people: range) -> None:
    from tgcast import Task
    from tgcast._engine import Engine
    from tgcast._storage import Store
    from tgcast._telegram import TelegramClient

    store = Store(str(Path(mkdtemp()) / "tgcast.db"))
    engine = Engine(
        store, TelegramClient(TOKEN, url), None, global_rps=rate * 0.97, max_concurrency=64,
        poll_interval=0.01,
    )  # fmt: skip
    for person in people:
        store.task_enqueue(Task(chat_id=person, text=TEXT))
    engine.start()
    await asyncio.Event().wait()


PEERS: dict[str, Callable[[str, float, range], Coroutine[Any, Any, None]]] = {
    "a loop": one_after_the_other,
    "gather": all_at_once,
    "aiogram-broadcast": aiogram_broadcast,
    "aiogram-broadcaster": aiogram_broadcaster,
    "tgcast": tgcast,
}


if __name__ == "__main__":
    _, name, where, allowed, number = sys.argv
    asyncio.run(PEERS[name](where, float(allowed), range(1, int(number) + 1)))
