"""Events for open chat pages, by person."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from bot.sandbox.content.text import Json

_BACKLOG = 500


class Hub:
    """Passes events to every open page of a person. A page that stopped reading is dropped."""

    def __init__(self) -> None:
        self._pages: dict[int, set[asyncio.Queue[Json | None]]] = {}

    @contextmanager
    def listen(
        self, person_id: int, backlog: int = _BACKLOG
    ) -> Iterator[asyncio.Queue[Json | None]]:
        """A queue of events; None in it means: hang up. A backlog of 0 has no end."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue(backlog)
        self._pages.setdefault(person_id, set()).add(queue)
        try:
            yield queue
        finally:
            self._pages[person_id].discard(queue)

    def tell(self, person_id: int, event: Json) -> None:
        for queue in list(self._pages.get(person_id, ())):
            try:
                queue.put_nowait(event)
            except asyncio.QueueFull:
                self._hang_up(person_id, queue)

    def tell_all(self, people: Iterable[int], event: Json) -> None:
        for person_id in people:
            self.tell(person_id, event)

    def close(self) -> None:
        """Hang up everywhere: the server stops."""
        for person_id, queues in self._pages.items():
            for queue in list(queues):
                self._hang_up(person_id, queue)

    def _hang_up(self, person_id: int, queue: asyncio.Queue[Json | None]) -> None:
        self._pages[person_id].discard(queue)
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait(None)
