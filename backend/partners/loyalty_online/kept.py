"""What was answered under a key, kept while this process lives."""

from collections import OrderedDict
from typing import Generic, TypeVar
from uuid import UUID

_MOST = 10_000
T = TypeVar("T")


class Kept(Generic[T]):
    """The oldest goes when there are too many."""

    def __init__(self) -> None:
        self._answers = OrderedDict[UUID, T]()

    def get(self, key: UUID) -> T | None:
        return self._answers.get(key)

    def put(self, key: UUID, answer: T) -> None:
        self._answers[key] = answer
        if len(self._answers) > _MOST:
            self._answers.popitem(last=False)
