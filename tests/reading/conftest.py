"""A reader with one process, for a test."""

from collections.abc import AsyncIterator

import pytest

from backend.reading.reader import Reader


@pytest.fixture
async def reader() -> AsyncIterator[Reader]:
    async with Reader(seconds=8, budget_seconds=4) as made:
        yield made
