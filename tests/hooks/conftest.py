"""An account whose RetailCRM and Bitrix call, and a person whose card and phone it knows."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from backend.hooks.open_hook import open_hook
from backend.partners.opened import Connections, sealed
from backend.partners.registry import ConnectedProcessors
from backend.platform.context import CLOCK, Context
from backend.platform.door import WORKER
from backend.platform.settings import Settings
from backend.reactions import reactions
from backend.web.run import listening
from models.account import Account
from models.card import Card
from models.connection import Connection
from models.customer import Customer
from models.outbox import OutboxDelivery, OutboxEvent
from models.program import Program
from tests.partners.bitrix.double import CODE, TOKEN, Portal
from tests.partners.retailcrm.double import KEY, Crm
from tests.support.factory.brands import NAME, PHONE, make_account, make_offer, make_program
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone
from tests.support.outbox import run_due

ANNAS = "+79161234567"


class House(NamedTuple):
    ctx: Context
    site: aiohttp.ClientSession
    account: Account
    program: Program
    anna: Customer
    card: Card
    crm: Crm
    portal: Portal
    hosts: Mapping[str, str]

    async def connected(self, vendor: str, **more: Any) -> str:
        """The path of its hook."""
        secrets: dict[str, str] = {"api_key": KEY}
        settings: dict[str, Any] = {"url": self.hosts[vendor], "per_minute": 60_000}
        if vendor == "retailcrm":
            settings |= {"site": "lavka", "loyalty": 3, "per_second": 100}
        else:
            secrets = {"application_token": TOKEN, "rest": CODE}
        connection = await Connection.create(
            account=self.account, key=vendor, vendor=vendor, settings=settings | more,
            sealed=sealed(self.ctx.vault, secrets), created_at=self.ctx.clock(),
        )  # fmt: skip
        return await open_hook(self.ctx, connection)

    async def call(self, path: str, data: Mapping[str, str], **more: Any) -> tuple[int, Any]:
        async with self.site.post(path, data=dict(data), **more) as answer:
            return answer.status, await answer.json(content_type=None)

    async def work(self) -> None:
        await run_due(self.ctx, reactions({}, self.ctx.clock))

    async def failed(self) -> list[str]:
        return [row.error for row in await OutboxDelivery.exclude(error="")]


@pytest.fixture
async def house(database: str, ctx: Context) -> AsyncIterator[House]:
    crm, portal = Crm(), Portal()
    servers = {"retailcrm": TestServer(crm.app), "bitrix": TestServer(portal.app)}
    for server in servers.values():
        await server.start_server()
    hosts = {name: f"http://127.0.0.1:{server.port}" for name, server in servers.items()}
    inside = frozenset(f"127.0.0.1:{server.port}" for server in servers.values())
    connections = Connections(ctx.vault, ctx.clock, inside)
    working = replace(
        ctx.acting(CLOCK, WORKER), processors=ConnectedProcessors(connections, ctx.clock)
    )
    account = await make_account("lavka")
    program = await make_program(account, "lavka-card", fields=(NAME, PHONE), numbers=5)
    offer = await make_offer(program, "lavka")
    anna = await someone(ctx, 1)
    answers = {"given_name": "Анна", "phone": ANNAS}
    (outcome,) = await issued(ctx, anna, [offer], answers=answers)
    assert outcome.card is not None
    await OutboxEvent.all().delete()
    async with (
        listening(Settings(listen="127.0.0.1:0"), ctx) as address,
        aiohttp.ClientSession(address) as site,
    ):
        yield House(working, site, account, program, anna, outcome.card, crm, portal, hosts)
    await connections.close()
    for server in servers.values():
        await server.close()
