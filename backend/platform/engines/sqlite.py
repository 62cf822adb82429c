"""SQLite for Tortoise: `BEGIN IMMEDIATE`, and a lock that survives cancellation.

Tortoise 1.1.9 begins deferred transactions, so that read-then-write from several processes
fails with SQLITE_BUSY_SNAPSHOT whatever the busy timeout; and its context leaks the
connection lock when the task is cancelled while it begins (upstream issue 1152), after
which every query of the process hangs.

Outside of a transaction short reads go through `quick_reads.py` and writes through
`group_commit.py`; whatever else there is, long reads among them, goes through the connection's
thread, one after the other.
"""

import re
import sqlite3
from collections.abc import Sequence
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
    translate_exceptions,
)
from tortoise.connection import get_connections
from tortoise.exceptions import TransactionManagementError

from backend.platform.engines.group_commit import Write, Written, write_all
from backend.platform.engines.lookups import Lookups
from backend.platform.engines.quick_reads import QuickReads
from backend.platform.secrets.private_file import private_file
from backend.platform.together import Together

_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


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
    _reads: QuickReads | None = None

    def __init__(self, file_path: str, **kwargs: Any) -> None:
        kwargs.setdefault("busy_timeout", 15000)
        # Whatever was answered to Telegram or shown to a person outlasts a power cut: see
        # docs/decisions/0007-durable-commits.md.
        kwargs.setdefault("synchronous", "FULL")
        # What is deleted is overwritten: a destroyed key must not lie on in a freed page.
        kwargs.setdefault("secure_delete", "ON")
        super().__init__(file_path, **kwargs)
        self.lookups = Lookups()
        self._writes: Together[Write, Written] = Together(self._write_all)

    async def create_connection(self, with_db: bool) -> None:
        """The file is made before SQLite would make it readable for everybody; its journals
        get the rights of the file."""
        if self._connection is not None:
            return
        if self.filename == ":memory:":
            await super().create_connection(with_db)
            return
        _keep_private(Path(self.filename))
        await super().create_connection(with_db)
        self._reads = QuickReads(self.filename)

    async def close(self) -> None:
        await self._writes.end()
        if self._reads is not None:
            self._reads.close()
            self._reads = None
        await super().close()

    async def execute_query(
        self, query: str, values: list[Any] | None = None
    ) -> tuple[int, Sequence[Any]]:
        if _WRITES.match(query):
            written = await self._write(query, values)
            return written.changes or len(written.rows), written.rows
        found = self._read(query, values)
        if found is not None:
            return len(found), found
        answer: tuple[int, Sequence[Any]] = await super().execute_query(query, values)
        return answer

    async def execute_query_dict(
        self, query: str, values: list[Any] | None = None
    ) -> list[dict[str, Any]]:
        _, found = await self.execute_query(query, values)
        return list(map(dict, found))

    async def execute_insert(self, query: str, values: list[Any]) -> int:
        return (await self._write(query, values)).last_id

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        """Upstream leaves its BEGIN open when the task is cancelled in between."""
        async with self._in_transaction() as client:
            await client.execute_many(query, values)

    def _in_transaction(self) -> TransactionContext:
        return CancelSafeContext(ImmediateWrapper(self), self._lock)

    def _read(self, query: str, values: list[Any] | None) -> list[sqlite3.Row] | None:
        if self._reads is None or "\0" in query:
            return None
        found = self._reads.fetch(query, values or ())
        if found is not None:
            self.log.debug("%s: %s", query, values)
        return found

    async def _write(self, query: str, values: list[Any] | None) -> Written:
        self.log.debug("%s: %s", query, values)
        plain = query.replace("\0", "'||CHAR(0)||'")
        written: Written
        (written,) = await self._writes.ask([Write(plain, values or ())])
        return written

    @translate_exceptions
    async def _write_all(self, writes: Sequence[Write]) -> Sequence[Written]:
        async with self.acquire_connection() as held:
            written: list[Written] = await held._execute(write_all, held._conn, writes)  # noqa: SLF001
            return written


def _keep_private(database: Path) -> None:
    private_file(database)
    for journal in database.parent.glob(f"{database.name}-*"):
        private_file(journal)


client_class = KarmanSqliteClient
