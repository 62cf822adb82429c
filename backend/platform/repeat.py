"""Loops that outlive an outage of the database or of Redis."""

import asyncio
from collections.abc import Awaitable, Callable

from backend.platform.watch.log import get_log

_PAUSES = (0.2, 1.0, 2.0, 5.0)
log = get_log(__name__)


async def repeat(name: str, step: Callable[[], Awaitable[None]]) -> None:
    """Call `step` until cancelled. A step that fails is logged and tried again after a pause
    that grows to five seconds: what it works on is in the database and is not lost."""
    failures = 0
    while True:
        try:
            await step()
            failures = 0
        except Exception:
            pause = _PAUSES[min(failures, len(_PAUSES) - 1)]
            failures += 1
            log.exception("loop failed, going on", loop=name, pause=pause)
            await asyncio.sleep(pause)
