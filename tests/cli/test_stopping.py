"""Whoever asks to stop is obeyed, by a part too that has not heard the first time."""

import asyncio
import os
import signal

import pytest

from backend.cli.explain import CannotRun
from backend.cli.stopping import until_stopped

PATIENCE = 0.02


class Deaf:
    """Swallows so many cancellations, as wait_for does when both come at once."""

    def __init__(self, times: int) -> None:
        self.left = times
        self.up = asyncio.Event()

    async def run(self) -> None:
        self.up.set()
        while True:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                if not self.left:
                    raise
                self.left -= 1


@pytest.mark.parametrize("swallowed", [0, 1, 2])
async def test_a_part_that_swallows_a_cancellation_ends_all_the_same(swallowed: int) -> None:
    deaf = Deaf(swallowed)
    running = asyncio.create_task(until_stopped({"deaf": deaf.run()}, patience=PATIENCE))
    await deaf.up.wait()
    os.kill(os.getpid(), signal.SIGTERM)
    async with asyncio.timeout(30):
        await running
    assert deaf.left == 0


async def test_a_part_that_ends_by_itself_stops_the_others() -> None:
    deaf = Deaf(1)

    async def short() -> None:
        await deaf.up.wait()

    with pytest.raises(CannotRun):
        await until_stopped({"short": short(), "deaf": deaf.run()}, patience=PATIENCE)
    assert deaf.left == 0
