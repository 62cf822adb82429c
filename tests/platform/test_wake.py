"""Whoever waits to be woken is woken, waits no longer than told, and ends when it is cancelled."""

import asyncio

import pytest

from backend.platform.context import Wake


async def test_a_wake_before_the_wait_counts_once() -> None:
    wake = Wake()
    wake.set()
    async with asyncio.timeout(5):
        await wake.wait(60)
    await wake.wait(0.01)


@pytest.mark.parametrize("ticks", range(6))
async def test_a_cancel_that_comes_with_the_wake_is_not_lost(ticks: int) -> None:
    """A stop at the moment of an announcement: the relay has to end, not go on waiting."""
    wake = Wake()

    async def loop() -> None:
        while True:
            await wake.wait(60)

    waiting = asyncio.create_task(loop())
    await asyncio.sleep(0.01)
    wake.set()
    for _ in range(ticks):
        await asyncio.sleep(0)
    waiting.cancel()
    done, _ = await asyncio.wait([waiting], timeout=5)
    assert done
    assert waiting.cancelled()
