"""Rounds of a schedule: the trouble of one row is its own."""

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from backend.platform.away import is_away
from backend.platform.failures import NeedsSettings, TryLater
from backend.platform.watch.log import get_log

# So many in a row that must wait: the channel is away, the next ones would only wait too.
MOST_WAITING = 5
Row = TypeVar("Row")
log = get_log(__name__)


async def one_by_one(
    what: str,
    found: Iterable[Row],
    step: Callable[[Row], Awaitable[bool]],
    broken: Callable[[Row], Awaitable[None]] | None = None,
) -> int:
    """For how many `step` said true. A row that fails is logged by its id and left behind, after
    `broken`; one that must wait comes again in the next round. Raises NeedsSettings, TryLater when
    nobody is reached, and what says that the database is away."""
    done = waiting = 0
    for row in found:
        try:
            done += await step(row)
            waiting = 0
        except TryLater:
            waiting += 1
            if waiting >= MOST_WAITING:
                raise
        except NeedsSettings:
            raise
        except Exception as error:
            if is_away(error):
                raise
            log.exception("a row is left out", what=what, row=getattr(row, "id", None))
            if broken is not None:
                await broken(row)
    return done
