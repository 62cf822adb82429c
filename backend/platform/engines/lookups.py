"""What many requests look up at the same time, as one statement (backend/platform/together.py).

Where many ask at once, the way to the database costs more than what is looked up there. No answer
is older than its asker: a statement answers nobody who came after it began
(docs/decisions/0027-looked-up-together.md).
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import Any

from backend.platform.together import Together

# Each is a look at an index: what takes longer has lost its database, and who comes afterwards must
# not wait for it.
SECONDS = 10.0

# Given a group and what is asked for in it, each once; gives what was found, by what it was asked
# for.
Ask = Callable[[Any, Sequence[Any]], Awaitable[Mapping[Any, Any]]]


class Lookups:
    """Of one pool of connections. No statement may take longer than `seconds`."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lines: dict[tuple[Ask, Hashable], _Line] = {}

    async def find(self, ask: Ask, group: Hashable, wanted: Hashable) -> Any:
        """None where nothing was found. Of one `ask` and one `group` there is one statement at a
        time. Raises what `ask` raises, and ConnectionError when it takes too long."""
        line = self._lines.get((ask, group))
        if line is None:
            line = self._lines[ask, group] = _Line(partial(_found, self._seconds, ask, group))
        line.askers += 1
        try:
            (answer,) = await line.ask([wanted])
        finally:
            line.askers -= 1
            if not line.askers:
                del self._lines[ask, group]
        return answer


class _Line(Together[Hashable, Any]):
    """Kept while somebody waits."""

    askers = 0


async def _found(
    seconds: float, ask: Ask, group: Hashable, wanted: Sequence[Hashable]
) -> Sequence[Any]:
    try:
        async with asyncio.timeout(seconds):
            found = await ask(group, list(dict.fromkeys(wanted)))
    except TimeoutError:
        raise ConnectionError("a look at the database took too long") from None
    return [found.get(each) for each in wanted]
