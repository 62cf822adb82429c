"""Messages to an endpoint on this machine beside a bare aiohttp loop that posts the same, and the
rate at which a feed is read.

Both ask the same endpoint with as many requests at once. Ours are also planned, signed and written
down, each with its attempt.
"""

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from aiohttp import ClientSession, web

from backend.changes.append import append
from backend.changes.draft import Draft
from backend.changes.read_feed import read_feed
from backend.platform.context import Context
from backend.platform.database import connect, disconnect, transaction
from backend.platform.migrate import migrate
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.open_vault import open_vault
from backend.webhooks.message import body_of
from backend.webhooks.plan import plan_some
from backend.webhooks.request import open_ways
from backend.webhooks.sender import PLACES, Sender
from backend.webhooks.subscribe import WebhookOrder, subscribe
from catalog.tenant import Scope
from models.account import Account
from models.account_change import ChangeKind
from tests.bench.harness import Report
from tests.support.contexts import context
from tests.support.database import postgres
from tests.support.edge.gateways import serving
from tests.support.factory.brands import make_account
from tests.support.machine import servers

NAME = "webhooks"
MESSAGES = int(os.environ.get("BENCH_WEBHOOKS", "3000"))
HOSTS = frozenset({"127.0.0.1"})
PAGE = 1000


async def run(report: Report) -> None:
    servers.open_folder()
    try:
        with tempfile.TemporaryDirectory() as folder:
            await measured(report, "SQLite", f"sqlite://{folder}/hooks.db")
        url = await postgres.create_database("hooks", migrated=False)
        await measured(report, "PostgreSQL", url)
    finally:
        servers.close_folder()


async def measured(report: Report, engine: str, url: str) -> None:
    await migrate(url)
    await connect(url)
    try:
        vault = await open_vault(MasterKeys(os.urandom(32)), datetime.now(UTC))
        ctx = context(vault)
        account = await make_account()
        async with answering() as endpoint:
            await subscribe(ctx, WebhookOrder(account.id, endpoint), HOSTS)
            await told(ctx, account)
            bare = await posted(endpoint)
            ours = await sent(ctx)
        peer = "peer a bare aiohttp loop"
        report.add(f"{engine}: deliveries", ours, "1/s", against=peer, theirs=bare)
        report.add(f"{engine}: feed read", await read(account), "changes/s")
    finally:
        await disconnect()


@asynccontextmanager
async def answering() -> AsyncIterator[str]:
    async def answer(request: web.Request) -> web.Response:
        await request.read()
        return web.Response(status=204)

    async with serving("/hook", answer) as url:
        yield url


async def told(ctx: Context, account: Account) -> None:
    """As many changes as there are to be messages, each about another customer."""
    for first in range(0, MESSAGES, PAGE):
        some = range(first, min(first + PAGE, MESSAGES))
        drafts = [
            Draft(account.id, ChangeKind.CARD_REMOVED, f"{n}", ctx.clock(), {"customer": n}, n + 1)
            for n in some
        ]
        async with transaction():
            await append(drafts)


async def posted(url: str) -> float:
    """Per second."""
    body = body_of("card.removed", datetime.now(UTC), {"customer": 1, "seq": 1}).encode()
    left = iter(range(MESSAGES))
    async with ClientSession() as session:

        async def post() -> None:
            for _ in left:
                async with session.post(url, data=body) as response:
                    await response.read()

        began = time.perf_counter()
        await asyncio.gather(*(post() for _ in range(PLACES)))
        return MESSAGES / (time.perf_counter() - began)


async def sent(ctx: Context) -> float:
    """Per second, planned beforehand as they are while a webhook is asked."""
    while await plan_some(ctx.clock()):
        continue
    async with open_ways(HOSTS) as ways:
        sender = Sender(ctx, ways)
        began = time.perf_counter()
        await sender.step()
        await sender.rest()
        return MESSAGES / (time.perf_counter() - began)


async def read(account: Account) -> float:
    """Per second, in pages."""
    began, after, more = time.perf_counter(), None, True
    while more:
        part = await read_feed(Scope.of([account.id]), account.id, after, PAGE)
        after, more = part.after, part.more
    return MESSAGES / (time.perf_counter() - began)
