"""PostgreSQL for Tortoise: connections go from hand to hand, and a pooled transaction gives its
own back when the task is cancelled while it begins (upstream issue 1152 empties the pool
instead)."""

from types import TracebackType
from typing import Any, cast

from asyncpg import Connection, Pool
from asyncpg.pool import PoolConnectionProxy
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import (
    PoolConnectionWrapper,
    TransactionalDBClient,
    TransactionContext,
    TransactionContextPooled,
)
from tortoise.connection import get_connections
from tortoise.exceptions import TransactionManagementError

from backend.platform.engines.lent import Lender
from backend.platform.engines.lookups import Lookups


class LentConnection(PoolConnectionWrapper[PoolConnectionProxy]):
    """For one query outside of a transaction."""

    __slots__ = ("_lender",)
    client: "KarmanPostgresClient"

    async def __aenter__(self) -> PoolConnectionProxy:
        await self.ensure_connection()
        self._lender = self.client.lender
        self.connection = held = await self._lender.take()
        return held

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        assert self.connection is not None
        await self._lender.give_back(self.connection, whole=exc_type is None)


class CancelSafeContext(TransactionContextPooled):
    __slots__ = ("_held", "_lender")

    async def __aenter__(self) -> TransactionalDBClient:
        await self.ensure_connection()
        pooled = cast("KarmanPostgresClient", self.client._parent)  # noqa: SLF001
        self._lender: Lender = pooled.lender
        self._held = await self._lender.take()
        self.client._connection = self._held  # noqa: SLF001
        token = get_connections().set(self.connection_name, self.client)
        try:
            await self.client.begin()
        except BaseException:
            get_connections().reset(token)
            # The pool resets the connection, which rolls back a BEGIN that got through.
            await self._lender.give_back(self._held, whole=False)
            raise
        self.token = token
        return self.client

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        whole = False
        try:
            if not self.client._finalized:  # noqa: SLF001
                if exc_type is None:
                    await self.client.commit()
                # One that has failed cannot be rolled back: the pool does away with it.
                elif exc_type is not TransactionManagementError:
                    await self.client.rollback()
            whole = exc_type is None
        finally:
            get_connections().reset(self.token)
            await self._lender.give_back(self._held, whole=whole)


class PlainConnection(Connection):  # type: ignore[misc]
    """An open transaction is still rolled back when the connection goes back to the pool; the
    rest of the reset (locks, cursors, LISTEN, session settings) is left out: nobody here uses
    any of it on a pooled connection, and it would be a round trip after every query."""

    def get_reset_query(self) -> str:
        return ""


class KarmanPostgresClient(AsyncpgDBClient):
    connection_class = PlainConnection
    lender: Lender

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lookups = Lookups()

    async def create_pool(self, **kwargs: Any) -> Pool:
        pool = await super().create_pool(**kwargs)
        self.lender = Lender(pool)
        return pool

    def acquire_connection(self) -> LentConnection:
        return LentConnection(self, self._pool_init_lock)

    def _in_transaction(self) -> TransactionContext:
        return CancelSafeContext(TransactionWrapper(self), self._pool_init_lock)

    async def _close(self) -> None:
        if self._pool is not None:
            await self.lender.close()
        await super()._close()


client_class = KarmanPostgresClient
