"""How the calls inside a `sending` block queue up."""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass

from backend.messaging.telegram.pace import Lane


@dataclass(slots=True)
class Batch:
    lane: Lane
    turn_taken: bool


# Of the call that is being made; None outside of a `sending` block.
BATCH: ContextVar[Batch | None] = ContextVar("batch", default=None)


@contextlib.contextmanager
def sending(lane: Lane, *, turn_taken: bool) -> Iterator[None]:
    """Calls inside go by `lane`. `turn_taken`: the first call has had its turn already; a
    repetition queues up like any other."""
    token = BATCH.set(Batch(lane, turn_taken))
    try:
        yield
    finally:
        BATCH.reset(token)
