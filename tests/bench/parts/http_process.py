"""A server of its own process, for the bench of HTTP.

`python -m tests.bench.parts.http_process hello` is the limit, `… statements DATABASE_URL` the limit
with a database behind it, `… karman DATABASE_URL` the site, `… passes DATABASE_URL KEY` with cards
for Apple Wallet. Prints the address, serves until SIGTERM."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from http import HTTPStatus

import asyncpg
import uvloop
from aiohttp import ClientSession, web

from backend.access.authenticate import OF_KEYS
from backend.cards.steer.told_card import statement
from backend.cli.lean_memory import give_back
from backend.platform.database import among_texts, connect, disconnect
from backend.platform.engines.lookups import Lookups
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.open_vault import open_vault
from backend.platform.settings import Address, Settings
from backend.platform.watch.log import configure_log
from backend.platform.world.serving import serving
from backend.web.app import make_app
from backend.web.rate_limit import RateLimit
from tests.bench.parts.queue import new_context
from tests.support.contexts import context
from tests.wallets.apple.served import settings as apple_settings

FREE = Address("127.0.0.1", 0)


@asynccontextmanager
async def hello() -> AsyncIterator[str]:
    """aiohttp as it comes: no middleware, no log, one handler."""

    async def say(_request: web.Request) -> web.Response:
        return web.json_response({"hello": "world"})

    async with bare("/hello", say) as address:
        yield address


@asynccontextmanager
async def statements(url: str) -> AsyncIterator[str]:
    """With the two statements by which a key is known and a card is read, by asyncpg's own pool and
    as one for all who ask meanwhile: nobody is checked, nothing is counted, and hello is said."""
    await connect(url)
    of_key, of_card = OF_KEYS.format(named=among_texts(1)), statement(_postgres=True)
    await disconnect()
    pool, lookups = await asyncpg.create_pool(url, min_size=16, max_size=16), Lookups()

    async def keys(_group: None, wanted: Sequence[str]) -> Mapping[str, asyncpg.Record]:
        return {row["public_id"]: row for row in await pool.fetch(of_key, wanted)}

    async def cards(account: int, wanted: Sequence[int]) -> Mapping[int, asyncpg.Record]:
        return {row["id"]: row for row in await pool.fetch(of_card, wanted, [account])}

    async def read(request: web.Request) -> web.Response:
        key, account, card = (request.match_info[name] for name in ("key", "account", "card"))
        await lookups.find(keys, None, key)
        await lookups.find(cards, int(account), int(card))
        return web.json_response({"hello": "world"})

    async with bare("/read/{key}/{account}/{card}", read) as address:
        yield address
    await pool.close()


@asynccontextmanager
async def bare(
    path: str, handler: Callable[[web.Request], Awaitable[web.Response]]
) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_get(path, handler)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, *FREE).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@asynccontextmanager
async def karman(url: str) -> AsyncIterator[str]:
    """The site as it is served, at the default log level: somebody has asked the API before, and
    all has settled."""
    configure_log("info")
    await connect(url)
    app = make_app(
        Settings(api_per_second=100_000), new_context(), RateLimit(per_second=1e9, burst=10**9)
    )
    async with serving(app, FREE) as address, ClientSession() as somebody:
        async with somebody.get(f"{address}/api/v1/cards/1") as answer:
            assert answer.status == HTTPStatus.UNAUTHORIZED
        give_back()
        yield address
    await disconnect()


@asynccontextmanager
async def passes(url: str, key: str) -> AsyncIterator[str]:
    """The site with a certificate for Apple Wallet, and the vault that its database was filled
    with."""
    configure_log("info")
    await connect(url)
    ctx = context(await open_vault(MasterKeys(bytes.fromhex(key)), datetime.now(UTC)))
    app = make_app(apple_settings(), ctx, RateLimit(per_second=1e9, burst=10**9))
    async with serving(app, FREE) as address:
        yield address
    await disconnect()


SERVED: dict[str, Callable[..., AbstractAsyncContextManager[str]]] = {
    "hello": hello,
    "statements": statements,
    "karman": karman,
    "passes": passes,
}


async def main(kind: str, *arguments: str) -> None:
    async with AsyncExitStack() as stack:
        address = await stack.enter_async_context(SERVED[kind](*arguments))
        sys.stdout.write(address + "\n")
        sys.stdout.flush()
        stopped = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
        await stopped.wait()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(*sys.argv[1:]))
