"""Small writes of many tasks as one: what comes while the database is asked goes with the next."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Together(Generic[T]):
    """`await together(item)` returns when `write` has had it, in whatever company; it raises
    what `write` raised. Each item is written once, whoever is cancelled meanwhile."""

    def __init__(self, write: Callable[[list[T]], Awaitable[None]]) -> None:
        self._write = write
        self._waiting: list[tuple[T, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def __call__(self, item: T) -> None:
        written = asyncio.get_running_loop().create_future()
        self._waiting.append((item, written))
        if self._writing is None:
            self._writing = asyncio.create_task(self._run(), name="together")
        await written

    async def _run(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                await self._one(batch)
        finally:
            self._writing = None

    async def _one(self, batch: list[tuple[T, asyncio.Future[None]]]) -> None:
        failed: BaseException | None = None
        try:
            await self._write([item for item, _ in batch])
        except asyncio.CancelledError:
            for _, written in batch:
                written.cancel()
            raise
        except Exception as error:  # noqa: BLE001  it belongs to those who wait
            failed = error
        for _, written in batch:
            if written.done():
                continue
            if failed is None:
                written.set_result(None)
            else:
                written.set_exception(failed)
