"""How fast Google is asked in the name of one issuer, whoever of this process asks."""

import asyncio


class Pace:
    """Turns a fixed time apart."""

    def __init__(self, per_second: float) -> None:
        self._apart = 1 / per_second
        self._next = 0.0

    async def turn(self) -> None:
        now = asyncio.get_running_loop().time()
        mine = max(now, self._next)
        self._next = mine + self._apart
        await asyncio.sleep(mine - now)
