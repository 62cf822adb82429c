"""Bounds on files in the bot's memory, from the moment they are fetched until all is done.

A file that is fetched takes memory before any process looks at it, and what was read of it takes
some until it is kept. At most MOST_FILES and MOST_BYTES at once.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from backend.reading.turns import EACH, Busy

MOST_FILES = 20
MOST_BYTES = 100 * 1024 * 1024


class Hand:
    def __init__(self) -> None:
        self._people: list[int] = []
        self._bytes = 0

    @contextmanager
    def hold(self, who: int, size: int) -> Iterator[None]:
        """`size` is what the file is said to have. Raises Busy."""
        full = len(self._people) >= MOST_FILES or self._bytes + size > MOST_BYTES
        if full or self._people.count(who) >= EACH:
            raise Busy
        self._people.append(who)
        self._bytes += size
        try:
            yield
        finally:
            self._people.remove(who)
            self._bytes -= size
