"""What is made once for many passes, the most recently used as far as memory allows."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class _Entry(Generic[T]):
    value: T
    used: int


class Kept(Generic[T]):
    """`weighs` tells bytes. Two threads may make the same thing at once: one of the two stays. To
    find something takes its key's hash once, for a key is as long as a pass."""

    def __init__(self, most_bytes: int, weighs: Callable[[T], int]) -> None:
        self._most, self._weighs = most_bytes, weighs
        self._held: dict[Hashable, _Entry[T]] = {}
        self._bytes = self._turn = 0
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        if (known := self._held.get(key)) is not None:
            self._turn += 1
            known.used = self._turn
            return known.value
        made = make()
        with self._lock:
            if (known := self._held.get(key)) is not None:
                return known.value
            self._turn += 1
            self._held[key] = _Entry(made, self._turn)
            self._bytes += self._weighs(made)
            while self._bytes > self._most and len(self._held) > 1:
                oldest = min(self._held, key=lambda each: self._held[each].used)
                self._bytes -= self._weighs(self._held.pop(oldest).value)
        return made

    def __len__(self) -> int:
        return len(self._held)
