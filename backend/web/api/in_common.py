"""What several ask for at the same time, done and answered in one transaction: whoever comes while
one is under way goes along in the next (docs/decisions/0029-done-together.md)."""

import asyncio
from collections.abc import Hashable, Sequence
from contextvars import copy_context
from functools import partial
from typing import NamedTuple

from backend.access.answer_once import Given, Request
from backend.access.answer_together import answer_together
from backend.platform.together import Together
from backend.platform.watch.log import get_log
from backend.web.api.answered import answered
from backend.web.api.asked import Asked
from backend.web.api.operation import Operation

# What takes longer is done one by one.
SECONDS = 10.0
log = get_log(__name__)


class _Item(NamedTuple):
    asked: Asked
    once: Request


class _Line(Together[_Item, Given | None]):
    """Kept while somebody waits."""

    askers = 0


class InCommon:
    """Of one process. Made where nothing is under way: what is done takes over its context."""

    def __init__(self) -> None:
        self._lines: dict[Hashable, _Line] = {}
        self._context = copy_context()

    async def answer(self, operation: Operation, asked: Asked, once: Request) -> Given | None:
        """None for what has to be asked alone; nothing was done of it then, or all of it and its
        answer is kept."""
        if operation.shared is None:
            return None
        among = await operation.shared.among(asked)
        if among is None:
            return None
        name = (operation.name, among)
        line = self._lines.get(name)
        if line is None:
            line = self._lines[name] = self._context.run(_Line, partial(_turn, operation))
        line.askers += 1
        try:
            (answer,) = await line.ask([_Item(asked, once)])
        finally:
            line.askers -= 1
            if not line.askers:
                del self._lines[name]
        return answer


async def _turn(operation: Operation, items: Sequence[_Item]) -> Sequence[Given | None]:
    """Whatever goes wrong, each is asked alone: there it is seen whose it is."""
    shared = operation.shared
    assert shared is not None

    async def work(places: Sequence[int]) -> list[Given | None]:
        asked = [items[place].asked for place in places]
        found = zip(asked, await shared.does(asked), strict=True)
        return [None if told is None else answered(operation, each, told) for each, told in found]

    try:
        async with asyncio.timeout(SECONDS):
            ctx, requests = items[0].asked.ctx, [each.once for each in items]
            return await answer_together(ctx, requests, work)
    except Exception as error:  # noqa: BLE001  raised where it is asked alone
        log.info("done one by one", operation=operation.name, why=type(error).__name__)
        return [None] * len(items)
