"""Reactions for tests that write down what they were called with, and end as they are told."""

import asyncio
from collections.abc import Sequence
from typing import Any

from backend.outbox.happened import Happened
from backend.outbox.reaction import Failed
from backend.platform.context import Context
from backend.platform.failures import Failure


class Noting:
    """Ends in each of `ends` in order, and then well."""

    def __init__(self, *ends: Exception) -> None:
        self.ends = list(ends)
        self.seen: list[Happened[Any]] = []

    async def __call__(self, _ctx: Context, happened: Happened[Any]) -> None:
        self.seen.append(happened)
        if self.ends:
            raise self.ends.pop(0)

    @property
    def cards(self) -> list[int]:
        return [each.event.card_id for each in self.seen]


class Held(Noting):
    """Each run begins, tells so, and waits to be let go."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = asyncio.Event()
        self.go_on = asyncio.Event()

    async def __call__(self, ctx: Context, happened: Happened[Any]) -> None:
        await super().__call__(ctx, happened)
        self.begun.set()
        await self.go_on.wait()


class Batches:
    """Notes each batch by its cards; `failing`: card → how it ends, each time."""

    def __init__(self, failing: dict[int, Failure] | None = None) -> None:
        self.failing = failing or {}
        self.seen: list[list[int]] = []

    async def __call__(self, _ctx: Context, happened: Sequence[Happened[Any]]) -> Failed:
        self.seen.append([each.event.card_id for each in happened])
        return {
            each.delivery_id: self.failing[each.event.card_id]
            for each in happened
            if each.event.card_id in self.failing
        }
