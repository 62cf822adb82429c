"""A reader with one process, for a test. It gives way to everything else on the machine, so a busy
one needs patience; what a file may use up is bounded by the budget."""

from collections.abc import AsyncIterator

import pytest

from backend.reading.reader import Reader


@pytest.fixture
async def reader() -> AsyncIterator[Reader]:
    async with Reader(seconds=60, budget_seconds=4) as made:
        yield made
