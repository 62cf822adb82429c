"""Gate decisions per second among a million people, beside a bare SELECT by the same key.

The limit is the driver's own: one row by a unique index, prepared, without a question in it; on
PostgreSQL by connections that are never given back, on SQLite in this very thread.
"""

import asyncio
import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg

from backend.consents.gate import may_send
from backend.platform.database import connect, connection, disconnect, is_postgres
from backend.platform.migrate import migrate
from models.brand import Brand
from models.consent_document import ConsentDocument, ConsentPurpose
from models.message_purpose import MessagePurpose
from tests.bench.harness import Report, say
from tests.support.clock import START
from tests.support.database import postgres
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.machine import servers

NAME = "gate"
PEOPLE = int(os.environ.get("BENCH_GATE_PEOPLE", "1000000"))
ROUNDS = 5
SECONDS = 1.0
AT_ONCE = 8

_PEOPLE = {
    "postgres": "INSERT INTO customers (language, source, created_at)"
    " SELECT 'ru', '', now() FROM generate_series(1, {people}) n",
    "sqlite": "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {people})"
    " INSERT INTO customers (language, source, created_at)"
    " SELECT 'ru', '', '2026-01-01 00:00:00+00:00' FROM n",
}
_STATES = (
    "INSERT INTO consent_states (customer_id, purpose, subject_id, channel, granted, document_id,"
    " at) SELECT id, 'advertising', {brand}, 'telegram', id % 3 <> 0, {document}, created_at"
    " FROM customers"
)
_BARE = (
    "SELECT granted FROM consent_states WHERE customer_id = $1 AND purpose = 'advertising'"
    " AND subject_id = $2 AND channel = 'telegram'"
)


def run(report: Report) -> None:
    servers.open_folder()
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/gate.db"
            asyncio.run(_measured(report, "SQLite", f"sqlite://{path}", path))
        url = asyncio.run(postgres.create_database("gate", migrated=False))
        asyncio.run(_measured(report, "PostgreSQL", url, ""))
    finally:
        servers.close_folder()


async def _measured(report: Report, engine: str, url: str, path: str) -> None:
    brand = await _fill(url)
    limit, close = await _bare(url, path)

    async def ours(person: int) -> None:
        await may_send(START, person, brand, "telegram", MessagePurpose.PROMO)

    async def bare(person: int) -> None:
        await limit(person, brand)

    taken: dict[str, list[float]] = {"ours": [], "bare": []}
    for _ in range(ROUNDS):
        taken["ours"].append(await _rate(ours))
        taken["bare"].append(await _rate(bare))
    await close()
    await disconnect()
    middle = {name: sorted(rates)[ROUNDS // 2] for name, rates in taken.items()}
    report.add(
        f"{engine}: decisions, {PEOPLE:,} people", middle["ours"], "/s",
        against="limit bare SELECT by key", theirs=middle["bare"],
    )  # fmt: skip


async def _rate(ask: Callable[[int], Awaitable[None]]) -> float:
    """As many at once as a campaign has."""
    chance = random.Random(7)
    asked = 0
    until = time.perf_counter() + SECONDS

    async def one() -> None:
        nonlocal asked
        while time.perf_counter() < until:
            await ask(chance.randint(1, PEOPLE))
            asked += 1

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(AT_ONCE)))
    return asked / (time.perf_counter() - began)


async def _bare(
    url: str, path: str
) -> tuple[Callable[[int, int], Awaitable[Any]], Callable[[], Awaitable[None]]]:
    if not path:
        return await _bare_postgres(url)
    raw = sqlite3.connect(path)

    async def ask_sqlite(person: int, brand: int) -> Any:
        return raw.execute(_BARE.replace("$", "?"), (person, brand)).fetchone()

    async def close() -> None:
        raw.close()

    return ask_sqlite, close


async def _bare_postgres(
    url: str,
) -> tuple[Callable[[int, int], Awaitable[Any]], Callable[[], Awaitable[None]]]:
    raw = [await asyncpg.connect(url) for _ in range(AT_ONCE)]
    free = [await each.prepare(_BARE) for each in raw]

    async def ask(person: int, brand: int) -> Any:
        statement = free.pop()
        try:
            return await statement.fetchval(person, brand)
        finally:
            free.append(statement)

    async def close() -> None:
        await asyncio.gather(*(each.close() for each in raw))

    return ask, close


async def _fill(url: str) -> int:
    began = time.perf_counter()
    await migrate(url)
    await connect(url)
    account = await make_account()
    offer = await make_offer(await make_program(account))
    brand = await Brand.get(id=offer.brand_id)
    document = await ConsentDocument.get(purpose=ConsentPurpose.ADVERTISING, language="ru")
    dialect = "postgres" if is_postgres() else "sqlite"
    await connection().execute_script(_PEOPLE[dialect].format(people=PEOPLE))
    await connection().execute_script(_STATES.format(brand=brand.id, document=document.id))
    await connection().execute_script("ANALYZE")
    say(f"  (made {PEOPLE:,} people in {time.perf_counter() - began:.0f} s)")
    return int(brand.id)
