"""Where a connection may go: to the internet, and to what the operator names in the house."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientError, web

from backend.connections.connect import ConnectionOrder, ConnectionUnfit, connect
from backend.partners.opened import Connections
from backend.platform.context import Context
from models.account import Account
from models.connection import Connection
from models.refusal import Code, Refusal

SECRETS = {"login": "wallet", "password": "secret"}


@asynccontextmanager
async def house() -> AsyncIterator[str]:
    async def answer(_request: web.Request) -> web.Response:
        return web.json_response({})

    app = web.Application()
    app.router.add_get("/", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def connected(ctx: Context, account: Account, host: str) -> Connection:
    settings = {"url": f"http://{host}"}
    return await connect(
        ctx, ConnectionOrder(account.id, "crm", "loyalty_online", settings, SECRETS)
    )


@pytest.mark.parametrize(("named", "reached"), [("whole", True), ("bare", True), ("", False)])
async def test_the_house_is_reached_where_it_is_named(
    ctx: Context, romashka: Account, named: str, *, reached: bool
) -> None:
    async with house() as host:
        inside = {"whole": {host}, "bare": {host.split(":")[0]}, "": set[str]()}[named]
        connection = await connected(ctx, romashka, host)
        connections = Connections(ctx.vault, ctx.clock, frozenset(inside))
        try:
            session = (await connections.open(connection)).way.session
            if reached:
                async with session.get(f"http://{host}/") as answer:
                    assert answer.status == 200
            else:
                with pytest.raises(ClientError):
                    await session.get(f"http://{host}/")
        finally:
            await connections.close()


async def test_changed_settings_are_opened_anew(ctx: Context, romashka: Account) -> None:
    connections = Connections(ctx.vault, ctx.clock)
    connection = await connected(ctx, romashka, "127.0.0.1:1")
    first = await connections.open(connection)
    assert await connections.open(connection) is first
    changed = await connected(ctx, romashka, "127.0.0.1:2")
    second = await connections.open(changed)
    assert (first.way.session.closed, second.way.session.closed) == (True, False)
    await connections.close()


async def test_every_mistake_is_told_and_no_value(ctx: Context, romashka: Account) -> None:
    order = ConnectionOrder(
        romashka.id, "crm", "loyalty_online", {"url": "ftp://hush", "colour": 1}, {"login": "hush"}
    )
    with pytest.raises(ConnectionUnfit) as unfit:
        await connect(ctx, order)
    where = {mistake.where for mistake in unfit.value.mistakes}
    assert where == {"settings.url", "settings.colour", "secrets.password"}
    assert "hush" not in str(unfit.value)
    assert not await Connection.exists()


async def test_secrets_stay_when_they_are_left_out(ctx: Context, romashka: Account) -> None:
    before = (await connected(ctx, romashka, "127.0.0.1:1")).sealed
    order = ConnectionOrder(
        romashka.id, "crm", "loyalty_online", {"url": "http://127.0.0.1:2"}, None
    )
    after = await connect(ctx, order)
    assert (after.sealed, after.version) == (before, 2)
    with pytest.raises(Refusal) as refused:
        await connect(ctx, ConnectionOrder(romashka.id, "crm", "mindbox", {}, {}))
    assert refused.value.code is Code.KEY_TAKEN
