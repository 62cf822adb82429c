"""Wakes the relay when something was committed to the outbox, so that it need not wait to poll."""

import asyncio


class Wake:
    """Within one process an event; other processes notice by their own poll."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def set(self) -> None:
        self._event.set()

    async def wait(self, seconds: float) -> None:
        """Return when woken, or after `seconds` at the latest."""
        try:
            # Not wait_for: on Python 3.11 it swallows a cancellation that comes with the wake,
            # and the loop that was told to stop goes on for ever.
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return
        finally:
            self._event.clear()
