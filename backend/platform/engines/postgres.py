"""PostgreSQL for Tortoise: a pooled transaction that gives its connection back when the
task is cancelled while it begins (upstream issue 1152 empties the pool instead)."""

from asyncpg import Connection
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import (
    TransactionalDBClient,
    TransactionContext,
    TransactionContextPooled,
)
from tortoise.connection import get_connections


class CancelSafeContext(TransactionContextPooled):
    __slots__ = ()

    async def __aenter__(self) -> TransactionalDBClient:
        await self.ensure_connection()
        pool = self.client._parent._pool  # noqa: SLF001
        connection = await pool.acquire()
        self.client._connection = connection  # noqa: SLF001
        token = get_connections().set(self.connection_name, self.client)
        try:
            await self.client.begin()
        except BaseException:
            get_connections().reset(token)
            # release() resets the connection, which rolls back a BEGIN that got through.
            await pool.release(connection)
            raise
        self.token = token
        return self.client


class PlainConnection(Connection):  # type: ignore[misc]
    """An open transaction is still rolled back when the connection goes back to the pool; the
    rest of the reset (locks, cursors, LISTEN, session settings) is left out: nobody here uses
    any of it on a pooled connection, and it would be a round trip after every query."""

    def get_reset_query(self) -> str:
        return ""


class KarmanPostgresClient(AsyncpgDBClient):
    connection_class = PlainConnection

    def _in_transaction(self) -> TransactionContext:
        return CancelSafeContext(TransactionWrapper(self), self._pool_init_lock)


client_class = KarmanPostgresClient
