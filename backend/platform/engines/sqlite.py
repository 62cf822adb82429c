"""SQLite for Tortoise: `BEGIN IMMEDIATE`, and a lock that survives cancellation.

Tortoise 1.1.9 begins deferred transactions, so that read-then-write from several processes
fails with SQLITE_BUSY_SNAPSHOT whatever the busy timeout; and its context leaks the
connection lock when the task is cancelled while it begins (upstream issue 1152), after
which every query of the process hangs.
"""

import sqlite3
from pathlib import Path
from typing import Any

from tortoise.backends.base.client import (
    NestedTransactionContext,
    TransactionalDBClient,
    TransactionContext,
)
from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionContext,
    SqliteTransactionWrapper,
)
from tortoise.connection import get_connections
from tortoise.exceptions import TransactionManagementError

from backend.platform.engines.lookups import Lookups
from backend.platform.secrets.private_file import private_file


class ImmediateWrapper(SqliteTransactionWrapper):
    def _in_transaction(self) -> TransactionContext:
        return NestedTransactionContext(ImmediateWrapper(self))

    async def begin(self) -> None:
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as exc:
            raise TransactionManagementError(exc) from exc

    async def execute_script(self, query: str) -> None:
        """Statement by statement: `executescript` would commit the transaction first."""
        for statement in _statements(query):
            await self.execute_query(statement)


def _statements(script: str) -> list[str]:
    found, begun = [], ""
    for piece in script.split(";"):
        begun += piece + ";"
        if sqlite3.complete_statement(begun):
            found.append(begun.strip())
            begun = ""
    return [statement for statement in found if statement != ";"]


class CancelSafeContext(SqliteTransactionContext):
    __slots__ = ()

    async def __aenter__(self) -> TransactionalDBClient:
        await self._trxlock.acquire()
        token = None
        try:
            await self.ensure_connection()
            token = get_connections().set(self.connection_name, self.connection)
            await self.connection.begin()
        except BaseException:
            if token is not None:
                get_connections().reset(token)
            await self._abandon()
            raise
        self.token = token
        return self.connection  # type: ignore[no-any-return]

    async def _abandon(self) -> None:
        """The BEGIN may already be on its way to the connection's thread: the rollback
        queues behind it, so nobody inherits an open transaction. The lock is given back
        even when a second cancellation arrives meanwhile."""
        try:
            if self.connection._connection is not None:  # noqa: SLF001
                await self.connection._connection.rollback()  # noqa: SLF001
        finally:
            self._trxlock.release()


class KarmanSqliteClient(SqliteClient):
    def __init__(self, file_path: str, **kwargs: Any) -> None:
        kwargs.setdefault("busy_timeout", 15000)
        # Whatever was answered to Telegram or shown to a person outlasts a power cut: see
        # docs/decisions/0007-durable-commits.md.
        kwargs.setdefault("synchronous", "FULL")
        # What is deleted is overwritten: a destroyed key must not lie on in a freed page.
        kwargs.setdefault("secure_delete", "ON")
        super().__init__(file_path, **kwargs)
        self.lookups = Lookups()

    async def create_connection(self, with_db: bool) -> None:
        """The file is made before SQLite would make it readable for everybody; its journals
        get the rights of the file."""
        if self._connection is None and self.filename != ":memory:":
            _keep_private(Path(self.filename))
        await super().create_connection(with_db)

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        """Upstream leaves its BEGIN open when the task is cancelled in between."""
        async with self._in_transaction() as client:
            await client.execute_many(query, values)

    def _in_transaction(self) -> TransactionContext:
        return CancelSafeContext(ImmediateWrapper(self), self._lock)


def _keep_private(database: Path) -> None:
    private_file(database)
    for journal in database.parent.glob(f"{database.name}-*"):
        private_file(journal)


client_class = KarmanSqliteClient
