"""A sandbox for each test, with its rates off."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.telegram import Telegram


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[Telegram]:
    async with Telegram(tmp_path / "sandbox") as running:
        yield running
