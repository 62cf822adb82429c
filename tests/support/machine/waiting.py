"""Wait for what happens beside a test: until it has happened, and not for so many seconds."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

# Seconds. Nothing takes that long; a machine that runs other things beside the tests may.
PATIENCE = 30.0


async def until(held: Callable[[], bool] | Callable[[], Awaitable[bool]], what: str = "it") -> None:
    """Looks again and again; fails when `what` has not happened in PATIENCE seconds."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not await _asked(held):  # noqa: ASYNC110  other processes, and databases
                await asyncio.sleep(0.01)
    except TimeoutError:
        raise AssertionError(f"{PATIENCE} s without {what}") from None


async def _asked(held: Callable[[], bool] | Callable[[], Awaitable[bool]]) -> bool:
    answer = held()
    return answer if isinstance(answer, bool) else await answer


async def until_logged(said: Iterable[Mapping[str, Any]], words: str) -> None:
    """`said`: what structlog's capture_logs gathers."""
    await until(lambda: any(words in line["event"] for line in said), f"{words!r} in the log")
