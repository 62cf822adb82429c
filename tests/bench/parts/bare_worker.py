"""What a loop written by hand does for the same rows: a row at a time, the same final writes and
the same requests to Telegram, and nothing of retries, order, pace or consents."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import orjson
import uvloop
from aiohttp import ClientSession

from backend.platform.clock import utc_now
from backend.platform.database import adapted, sqlite_marks
from tests.bench.parts.announced import REACTIONS
from tests.support.edge.noting_telegram import TOKEN

CLIENTS = 8
_MAKE = """
INSERT INTO outbox_deliveries (event_id, reaction, attempts, error, available_at)
SELECT id, $1, 0, '', $2 FROM outbox_events
"""
_NEXT = """
SELECT d.id, d.reaction, e.payload
FROM outbox_deliveries d JOIN outbox_events e ON e.id = d.event_id
WHERE d.done_at IS NULL AND d.failed_at IS NULL ORDER BY d.available_at, d.id LIMIT 1 {lock}
"""
_DONE = "UPDATE outbox_deliveries SET done_at = $1, attempts = 1 WHERE id = $2"
_WHOM = """
SELECT i.external_id, b.name_ru, c.printed_number FROM cards c
JOIN identities i ON i.customer_id = c.customer_id JOIN brands b ON b.id = c.brand_id
WHERE c.id = $1
"""
_MESSAGE = """
INSERT INTO messages (once, customer_id, brand_id, card_id, purpose, kind, data, body, created_at)
VALUES ($1, $2, $3, $4, 'service', 'welcome-card', $5, '', $6) RETURNING id
"""
_DELIVERY = """
INSERT INTO deliveries (message_id, channel, state, attempts, provider_id, reason, cost_kopecks,
    created_at, changed_at) VALUES ($1, 'telegram', 'delivered', 1, $2, '', 0, $3, $3)
"""
_ARCHIVE = """
UPDATE cards SET hidden = TRUE WHERE customer_id = $1 AND origin = 'external'
    AND printed_number = (SELECT printed_number FROM cards issued WHERE issued.id = $2)
"""
_WAIT_OVER = "DELETE FROM number_waits WHERE customer_id = $1 AND program_id = $2"


class _OnPostgres:
    lock = "FOR UPDATE OF d SKIP LOCKED"

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def do(self, statement: str, *values: Any) -> list[Any]:
        return list(await self._connection.fetch(statement, *values))

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        async with self._connection.transaction():
            yield


class _OnSqlite:
    lock = ""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA synchronous=FULL")

    async def do(self, statement: str, *values: Any) -> list[Any]:
        given = [adapted(value) for value in values]
        return self._connection.execute(sqlite_marks(statement), given).fetchall()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        yield
        self._connection.execute("COMMIT")


Database = _OnPostgres | _OnSqlite


def rate(url: str, telegram: str, reactions: int, answer: Any) -> None:
    """Sends reactions per second; runs in a process of its own."""
    answer.send(uvloop.run(_measured(url, telegram, reactions)))


async def _measured(url: str, telegram: str, reactions: int) -> float:
    databases = await _databases(url)
    for reaction in REACTIONS:
        await databases[0].do(_MAKE, reaction, utc_now())
    turns = iter(range(reactions))
    async with ClientSession() as http:

        async def client(database: Database) -> None:
            for _ in turns:
                await _one(database, http, telegram)

        began = time.perf_counter()
        await asyncio.gather(*(client(database) for database in databases))
        return reactions / (time.perf_counter() - began)


async def _databases(url: str) -> Sequence[Database]:
    """SQLite has one writer."""
    if url.startswith("sqlite"):
        return [_OnSqlite(url.removeprefix("sqlite://"))]
    return [_OnPostgres(await asyncpg.connect(url)) for _ in range(CLIENTS)]


async def _one(database: Database, http: ClientSession, telegram: str) -> None:
    async with database.transaction():
        ((delivery, reaction, payload),) = await database.do(_NEXT.format(lock=database.lock))
        event = orjson.loads(payload)
        if reaction == "welcome":
            await _welcome(database, http, telegram, event)
        elif reaction == "archive_external":
            await database.do(_ARCHIVE, event["customer_id"], event["card_id"])
        else:
            await database.do(_WAIT_OVER, event["customer_id"], event["program_id"])
        await database.do(_DONE, utc_now(), delivery)


async def _welcome(
    database: Database, http: ClientSession, telegram: str, event: dict[str, Any]
) -> None:
    ((chat, brand, number),) = await database.do(_WHOM, event["card_id"])
    now, data = utc_now(), orjson.dumps({"brand": brand, "number": number}).decode()
    once = f"welcome:card:{event['card_id']}"
    whom = (event["customer_id"], event["brand_id"], event["card_id"])
    ((message,),) = await database.do(_MESSAGE, once, *whom, data, now)
    said = {"chat_id": chat, "text": f"{brand}: {number}"}
    async with http.post(f"{telegram}/bot{TOKEN}/sendMessage", json=said) as answered:
        sent = await answered.json()
    await database.do(_DELIVERY, message, str(sent["result"]["message_id"]), now)
