"""What is made once for many passes, the most recently used as far as memory allows."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """`weighs` tells bytes. Two threads may make the same thing at once: one of the two stays."""

    def __init__(self, most_bytes: int, weighs: Callable[[T], int]) -> None:
        self._most, self._weighs = most_bytes, weighs
        self._held: OrderedDict[Hashable, T] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        with self._lock:
            if (known := self._held.get(key)) is not None:
                self._held.move_to_end(key)
                return known
        made = make()
        with self._lock:
            if (known := self._held.get(key)) is not None:
                return known
            self._held[key] = made
            self._bytes += self._weighs(made)
            while self._bytes > self._most and len(self._held) > 1:
                _, gone = self._held.popitem(last=False)
                self._bytes -= self._weighs(gone)
        return made

    def __len__(self) -> int:
        return len(self._held)
