"""Run until a signal asks to stop, or until a part ends by itself.

Whatever runs so long gives back what its start has used, and what is there by then stays to the
end: the collector need not walk it again.
"""

import asyncio
import signal
from collections.abc import Callable, Coroutine
from typing import Any

from backend.cli.explain import CannotRun
from backend.cli.lean_memory import keep_lean
from backend.platform.watch.log import get_log

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
# Whoever is handing over a message or a letter has this long to write down what became of it.
PATIENCE_SECONDS = 20.0
log = get_log(__name__)


async def until_stopped(
    parts: dict[str, Coroutine[Any, Any, None]],
    ready: Callable[[], None] = lambda: None,
    *,
    patience: float = PATIENCE_SECONDS,
) -> None:
    """All parts at once; each runs until it is cancelled. When one fails the others are
    stopped and its error is raised. `ready` says that it is up: from then on signals are heard,
    also Ctrl+C where whoever started the process had it ignored."""
    loop = asyncio.get_running_loop()
    asked = asyncio.Event()
    for number in _SIGNALS:
        loop.add_signal_handler(number, asked.set)
    tasks = {asyncio.create_task(part, name=name) for name, part in parts.items()}
    waiting = asyncio.create_task(_asked(asked), name="signal")
    lean = asyncio.create_task(keep_lean(), name="lean memory")
    try:
        ready()
        ended, _ = await asyncio.wait({waiting, *tasks}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await _ended({waiting, lean, *tasks}, patience)
        for number in _SIGNALS:
            loop.remove_signal_handler(number)
    _raise_first([task for task in ended if task is not waiting])


async def _ended(tasks: set[asyncio.Task[None]], patience: float) -> None:
    """Cancels, and cancels again what has not heard: on Python 3.11 a library's wait_for swallows
    a cancellation that comes together with what it waits for, and would go on for ever."""
    left = tasks
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=patience)
        for task in left:
            log.warning("a part does not end: asking again", part=task.get_name())


async def _asked(event: asyncio.Event) -> None:
    await event.wait()


def _raise_first(ended: list[asyncio.Task[None]]) -> None:
    for task in ended:
        log.error("a part ended: stopping everything", part=task.get_name())
        task.result()
        raise CannotRun(f"{task.get_name()} ended by itself")
