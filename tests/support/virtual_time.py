"""An event loop whose time jumps: while anything can run it stands still, and when everybody
sleeps it is the moment of the next alarm. A minute takes no time, and nobody is ever late.

    result = virtually(story())

Whoever waits for something beyond the loop, a server's answer, does so inside of `outside()`.
"""

import asyncio
import contextlib
import selectors
from collections.abc import Coroutine, Iterator
from typing import Any, TypeVar

T = TypeVar("T")
Events = list[tuple[selectors.SelectorKey, int]]


class _Jumping(selectors.DefaultSelector):
    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.outside = 0

    def select(self, timeout: float | None = None) -> Events:
        if self.outside or timeout is None or timeout <= 0:
            return super().select(None if self.outside and timeout != 0 else timeout)
        found = super().select(0)
        if not found:
            self.now += timeout
        return found


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.selector = _Jumping()
        super().__init__(self.selector)

    def time(self) -> float:
        return self.selector.now


def virtually(story: Coroutine[Any, Any, T]) -> T:
    """Run in virtual time; the time begins at 0."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(story)


def now() -> float:
    """Virtual seconds, inside of a story."""
    return asyncio.get_running_loop().time()


@contextlib.contextmanager
def outside() -> Iterator[None]:
    """Inside of a story: time stands still during the block."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualLoop)
    loop.selector.outside += 1
    try:
        yield
    finally:
        loop.selector.outside -= 1
