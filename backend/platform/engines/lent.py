"""Connections of asyncpg's pool, handed from one query to the next.

asyncpg shields each return to its pool by a task of its own, which takes longer than most of our
queries. What comes back whole is lent again from here; whatever is in doubt goes back to the pool,
which cleans or closes it, and so does everything while somebody waits for the pool.
"""

from asyncpg import InterfaceError, Pool
from asyncpg.pool import PoolConnectionProxy

# After so many returns all go back at once: the pool closes what has served for long, and later
# what nobody has taken again.
_LOOKED_AFTER = 1000


class Lender:
    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._free: list[PoolConnectionProxy] = []
        self._waiting = 0
        self._returns = 0
        self._closing = False

    async def take(self) -> PoolConnectionProxy:
        while self._free:
            held = self._free.pop()
            if _stands(held):
                return held
            await self._pool.release(held)
        self._waiting += 1
        try:
            return await self._pool.acquire()
        finally:
            self._waiting -= 1

    async def give_back(self, held: PoolConnectionProxy, *, whole: bool) -> None:
        """`whole`: what it was lent for has ended without an exception."""
        if whole and not self._waiting and not self._closing and _stands(held):
            self._free.append(held)
        else:
            await self._pool.release(held)
        self._returns += 1
        if self._returns % _LOOKED_AFTER == 0:
            await self._release_all()

    async def close(self) -> None:
        """What is free goes back now, what is lent when it is returned."""
        self._closing = True
        await self._release_all()

    async def _release_all(self) -> None:
        while self._free:
            await self._pool.release(self._free.pop())


def _stands(held: PoolConnectionProxy) -> bool:
    """Whether the next one can begin with it."""
    try:
        return not held.is_closed() and not held.is_in_transaction()
    except InterfaceError:
        # The server has closed it, and asyncpg has put it back into the pool by itself.
        return False
