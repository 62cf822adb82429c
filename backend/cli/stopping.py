"""Run until a signal asks to stop, or until a part ends by itself."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any

from backend.cli.explain import CannotRun
from backend.platform.watch.log import get_log

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
log = get_log(__name__)


async def until_stopped(parts: dict[str, Coroutine[Any, Any, None]]) -> None:
    """All parts at once; each runs until it is cancelled. When one fails the others are
    stopped and its error is raised."""
    loop = asyncio.get_running_loop()
    asked = asyncio.Event()
    for number in _SIGNALS:
        loop.add_signal_handler(number, asked.set)
    tasks = {asyncio.create_task(part, name=name) for name, part in parts.items()}
    waiting = asyncio.create_task(_asked(asked), name="signal")
    try:
        ended, _ = await asyncio.wait({waiting, *tasks}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (waiting, *tasks):
            task.cancel()
        await asyncio.wait({waiting, *tasks})
        for number in _SIGNALS:
            loop.remove_signal_handler(number)
    _raise_first([task for task in ended if task is not waiting])


async def _asked(event: asyncio.Event) -> None:
    await event.wait()


def _raise_first(ended: list[asyncio.Task[None]]) -> None:
    for task in ended:
        log.error("a part ended: stopping everything", part=task.get_name())
        task.result()
        raise CannotRun(f"{task.get_name()} ended by itself")
