"""Many phones and many changes while server and worker are killed again and again: in the end each
phone shows what stands on its card, and none has asked for what it had."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from aiohttp import ClientSession, ClientTimeout, TCPConnector, web
from aiohttp.typedefs import Middleware

from backend.passes.apple.clients import AppleClients
from backend.passes.apple.dev_chain import TYPE
from backend.platform.context import Context
from backend.wallets.address import file_address
from backend.wallets.apple.latest import latest
from backend.wallets.apple.telling import AppleTelling
from backend.wallets.settle import settle
from backend.web.app import make_app
from backend.web.rate_limit import RateLimit
from models.card import Card
from models.wallet_pass import WalletPass
from tests.support.clock import START
from tests.support.edge.apns import Apns, apns_server
from tests.wallets.apple.iphone import IPhone
from tests.wallets.apple.served import BASE, pass_of, settings
from tests.wallets.conftest import GiveCard

AT_ONCE = 20
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class QuickClock:
    """A second for each tick of the test: what rests for minutes rests for moments."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


class Killed:
    """The web side, which dies before or after it has done what it was asked, and is started anew
    at the same address."""

    def __init__(self, ctx: Context, chance: random.Random) -> None:
        self._ctx, self._chance = ctx, chance
        self._runner: web.AppRunner | None = None
        self.port = 0
        self.share = 0.05

    async def start(self) -> None:
        app = make_app(settings(), self._ctx, RateLimit(per_second=1e6, burst=10**6))
        app.middlewares.insert(0, self._dying())
        self._runner = web.AppRunner(app, shutdown_timeout=0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def kill(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def _dying(self) -> Middleware:
        @web.middleware
        async def dying(request: web.Request, handler: Handler) -> web.StreamResponse:
            before, after = (self._chance.random() < self.share for _ in range(2))
            if before:
                self._abort(request)
            answer = await handler(request)
            if after:
                self._abort(request)
            return answer

        return dying

    def _abort(self, request: web.Request) -> None:
        if request.transport is not None:
            request.transport.abort()
        raise asyncio.CancelledError


class World:
    def __init__(self, ctx: Context, clock: QuickClock, apns: Apns, seed: int) -> None:
        self.ctx, self.clock, self.apns = ctx, clock, apns
        self.chance = random.Random(seed)
        self.server = Killed(ctx, self.chance)
        self.phones: dict[str, IPhone] = {}
        self.ended = False

    async def worker(self) -> None:
        """Told in a task that is killed wherever it stands."""
        while not self.ended:
            clients = AppleClients(
                settings(apns_url=f"http://127.0.0.1:{self.apns.port}"), self.clock
            )
            task = asyncio.create_task(self._tell(AppleTelling(self.ctx, clients)))
            with suppress(TimeoutError):
                async with asyncio.timeout(self.chance.uniform(0.05, 2.0)):
                    await asyncio.shield(task)
            task.cancel()
            await asyncio.wait([task])
            await clients.close()

    async def _tell(self, tells: AppleTelling) -> None:
        while not self.ended:
            await tells.step()
            await asyncio.sleep(0.01)

    async def crashes(self) -> None:
        while not self.ended:
            await asyncio.sleep(self.chance.uniform(0.2, 1.0))
            self.apns.leaves = self.chance.choice((0, 0, 3, 40))
            if self.chance.random() < 0.3:
                self.apns.fails.extend([(503, "ServiceUnavailable"), (429, "TooManyRequests")])
            if self.chance.random() < 0.4:
                await self.server.kill()
                await asyncio.sleep(0.05)
                await self.server.start()

    async def ticks(self) -> None:
        while not self.ended:
            self.clock.now += timedelta(seconds=1)
            await asyncio.sleep(0.02)

    async def looks(self) -> None:
        """Every phone that was pushed looks; the others do not know of anything."""
        while not self.ended:
            await asyncio.sleep(0.02)
            woken = [each for each in self.phones.values() if not each.rests]
            await asyncio.gather(*(phone.look() for phone in woken))

    async def is_quiet(self) -> bool:
        behind = [row for row in await WalletPass.all() if row.version > row.told]
        return not behind and all(phone.rests for phone in self.phones.values())


@asynccontextmanager
async def world(ctx: Context, seed: int) -> AsyncIterator[World]:
    clock = QuickClock()
    ctx = replace(ctx, clock=clock)
    async with apns_server(TYPE) as apns:
        made = World(ctx, clock, apns, seed)
        await made.server.start()
        tasks = [
            asyncio.create_task(each())
            for each in (made.worker, made.crashes, made.ticks, made.looks)
        ]
        try:
            yield made
        finally:
            made.ended = True
            await asyncio.gather(*tasks)
            await made.server.kill()


async def install(made: World, http: ClientSession, held: WalletPass, number: int) -> None:
    """Into the phone of this number; every tenth into another's too."""
    base = f"http://127.0.0.1:{made.server.port}"
    path = file_address(made.ctx.vault, "", held.serial)
    for copy in range(2 if number % 10 == 0 else 1):
        phone = IPhone(http, base, f"phone-{number}-{copy}", f"{number * 2 + copy:064x}")
        made.phones[phone.name] = phone
        made.apns.tokens[phone.apns_token] = phone.push
        await phone.add(path)


async def changed(made: World, passes: list[WalletPass], many: int) -> None:
    """Some at once, as reactions come to them: together, late, and again after a crash."""
    while many > 0:
        some = made.chance.sample(passes, min(AT_ONCE, len(passes), many))
        for held in some:
            card = await Card.get(id=held.card_id)
            points = (card.balance or Decimal(0)) + 1
            await Card.filter(id=card.id).update(balance=points)
        await settle(made.ctx, [held.id for held in some])
        if made.chance.random() < 0.2:
            await settle(made.ctx, [held.id for held in some])
        many -= len(some)


@pytest.mark.sample("few")
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("phones", "changes"),
    [pytest.param(12, 150, id="few"), pytest.param(1000, 10_000, id="many")],
)
async def test_every_phone_ends_with_what_stands_on_its_card(
    ctx: Context, give_card: GiveCard, phones: int, changes: int
) -> None:
    passes = [await pass_of(ctx, await give_card(balance=Decimal(0))) for _ in range(phones)]
    connector = TCPConnector(limit=100)
    async with (
        ClientSession(connector=connector, timeout=ClientTimeout(total=60)) as http,
        world(ctx, seed=phones) as made,
    ):
        # What changes while somebody adds a card reaches them too.
        changes_now = asyncio.create_task(changed(made, passes, changes))
        for number, held in enumerate(passes):
            await install(made, http, held, number)
        await changes_now
        made.server.share = 0.0
        while not await made.is_quiet():  # noqa: ASYNC110  rows, and a thousand phones
            await asyncio.sleep(0.1)
    for held in passes:
        found = await latest(made.ctx, await WalletPass.get(id=held.id), BASE)
        assert found.held.fetched == found.held.version
        told = {each.value.ru for each in found.face.front if each.key == "balance"}
        for phone in made.phones.values():
            if held.serial in phone.held:
                shows = phone.held[held.serial].shows
                assert all(f'"value":"{text}"' in shows for text in told)
    assert sum(phone.fetches for phone in made.phones.values()) > 0
    assert [phone.name for phone in made.phones.values() if phone.needless] == []
