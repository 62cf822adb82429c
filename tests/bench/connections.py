"""An account's own system is told: requests a second beside a bare aiohttp client that makes the
same requests, as many at once, of the same host, which takes 30 ms for each; what breaker, rate
and lane cost for each person; and a day's outage with many changes, drained in order.

Ours also read what stands of each person, unseal it, compare it with what was told, and write down
each step.
"""

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiohttp import BasicAuth, ClientSession, web

from backend.connections.connect import ConnectionOrder
from backend.connections.connect import connect as connect_system
from backend.connections.lanes import IN_HAND, Lanes
from backend.connections.mark import mark_people
from backend.customers.person.profile import seal_profile
from backend.partners.opened import Connections
from backend.partners.registry import ConnectedProcessors
from backend.platform.context import CLOCK, Context
from backend.platform.database import connect, disconnect
from backend.platform.door import WORKER
from backend.platform.migrate import migrate
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.open_vault import open_vault
from backend.platform.secrets.vault import Sealed
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin
from models.connection import Connection, PartnerMember, TellingState
from models.consent_document import ConsentPurpose
from models.consent_state import ConsentState
from models.contact import Contact, ContactKind, contact_place
from models.customer import Customer
from tests.bench.harness import Report
from tests.support.contexts import context
from tests.support.database import postgres
from tests.support.factory.brands import NAME as GIVEN_NAME
from tests.support.factory.brands import PHONE, make_account, make_offer, make_program
from tests.support.machine import servers

NAME = "connections"
PEOPLE = int(os.environ.get("BENCH_CONNECTIONS", "1500"))
CHANGES = int(os.environ.get("BENCH_OUTAGE", "50000"))
AT_ONCE = 8
LATENCY = 0.03
BATCH = 1000
THEN = datetime(2026, 1, 5, 10, tzinfo=UTC)
AUTH = BasicAuth("wallet", "secret")


@dataclass
class Host:
    """Knows everybody by their phone; answers 503 while it is `away`."""

    latency: float = LATENCY
    away: bool = False
    told: list[str] = field(default_factory=list)
    url: str = ""

    async def find(self, request: web.Request) -> web.Response:
        await asyncio.sleep(self.latency)
        if self.away:
            return web.Response(status=503)
        number = f"C{request.query['msisdn'][-9:]}"
        card = {"cardNumber": number, "cardState": "active"}
        barcode = {"barcodeNumber": number, "barcodeType": "CODE_128"}
        return web.json_response({"card": {**card, "barcode": barcode}})

    async def channels(self, request: web.Request) -> web.Response:
        await request.read()
        await asyncio.sleep(self.latency)
        if self.away:
            return web.Response(status=503)
        self.told.append(request.match_info["number"])
        return web.json_response({})


async def run(report: Report) -> None:
    servers.open_folder()
    try:
        with tempfile.TemporaryDirectory() as folder:
            await measured(report, "SQLite", f"sqlite://{folder}/partners.db")
        url = await postgres.create_database("partners", migrated=False)
        await measured(report, "PostgreSQL", url)
    finally:
        servers.close_folder()


async def measured(report: Report, engine: str, url: str) -> None:
    await migrate(url)
    await connect(url)
    vault = await open_vault(MasterKeys(os.urandom(32)), datetime.now(UTC))
    connections = Connections(vault, lambda: datetime.now(UTC), frozenset({"127.0.0.1"}))
    try:
        ctx = replace(context(vault), clock=lambda: datetime.now(UTC)).acting(CLOCK, WORKER)
        ctx = replace(ctx, processors=ConnectedProcessors(connections, ctx.clock))
        async with standing() as host:
            connection = await populated(ctx, host)
            lanes = Lanes(ctx, connections)
            await throughput(report, engine, lanes, host)
            await overhead(report, engine, lanes, host)
            await outage(report, engine, lanes, host, connection)
    finally:
        await connections.close()
        await disconnect()


@asynccontextmanager
async def standing() -> AsyncIterator[Host]:
    host = Host()
    app = web.Application()
    app.router.add_get("/v1/card", host.find)
    app.router.add_put("/v1/card/{number}/communication", host.channels)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    host.url = f"http://127.0.0.1:{port}"
    try:
        yield host
    finally:
        await runner.cleanup()


async def populated(ctx: Context, host: Host) -> Connection:
    """PEOPLE with a card, a confirmed phone and a yes to advertising."""
    account = await make_account("lavka")
    settings = {"url": host.url, "per_minute": 60_000, "at_once": AT_ONCE}
    secrets = {"login": AUTH.login, "password": AUTH.password}
    order = ConnectionOrder(account.id, "crm", "loyalty_online", settings, secrets)
    connection = await connect_system(ctx, order)
    program = await make_program(
        account, "club", fields=(GIVEN_NAME, PHONE), connection_id=connection.id
    )
    offer = await make_offer(program, "club")
    ids = (account.id, program.id, offer.brand_id)
    for first in range(1, max(PEOPLE, CHANGES) + 1, BATCH):
        await _add(ctx, first, min(first + BATCH, max(PEOPLE, CHANGES) + 1), ids)
    return connection


async def _add(ctx: Context, first: int, end: int, ids: tuple[int, int, int]) -> None:
    account_id, program_id, brand_id = ids
    people = []
    for number in range(first, end):
        person = Customer(
            id=number, language="ru", data_key=ctx.vault.new_data_key(), created_at=THEN
        )
        person.profile = seal_profile(ctx, person, {"given_name": "Анна"})
        people.append(person)
    await Customer.bulk_create(people)
    sealed = Sealed(contact_place(ContactKind.PHONE))
    await Contact.bulk_create(
        Contact(
            customer_id=person.id, kind=ContactKind.PHONE, created_at=THEN, verified_at=THEN,
            sealed=sealed.seal(ctx, person, f"+79{person.id:09d}"), blind_index=f"{person.id:064d}",
            verified_by="telegram",
        )
        for person in people
    )  # fmt: skip
    await Card.bulk_create(
        Card(
            customer_id=person.id, program_id=program_id, brand_id=brand_id, created_at=THEN,
            printed_number=f"C{person.id:09d}", barcode_value=f"C{person.id:09d}",
            barcode_format=BarcodeFormat.CODE128, origin=CardOrigin.ISSUED,
        )
        for person in people
    )  # fmt: skip
    await ConsentState.bulk_create(
        ConsentState(
            customer_id=person.id, purpose=purpose, subject_id=subject, channel=channel,
            granted=True, document_id=1, at=THEN,
        )
        for person in people
        for purpose, subject, channel in (
            (ConsentPurpose.PERSONAL_DATA, account_id, ""),
            (ConsentPurpose.ADVERTISING, brand_id, "sms"),
        )
    )  # fmt: skip


async def forgotten(howmany: int) -> None:
    """Nobody was told of them: all of it is to be told."""
    await PartnerMember.all().delete()
    ids = list(range(1, howmany + 1))
    for first in range(0, howmany, BATCH):
        await mark_people(datetime.now(UTC), ids[first : first + BATCH])


async def drained(lanes: Lanes) -> float:
    """Seconds."""
    began = time.perf_counter()
    while await PartnerMember.filter(state=TellingState.WAITING).exists():
        await lanes.step()
        await lanes.rest()
    return time.perf_counter() - began


async def throughput(report: Report, engine: str, lanes: Lanes, host: Host) -> None:
    """The same two requests for each person."""
    await forgotten(PEOPLE)
    bare = 2 * PEOPLE / await bare_client(host)
    ours = 2 * PEOPLE / await drained(lanes)
    peer = "peer a bare aiohttp client"
    report.add(f"{engine}: requests at 30 ms", ours, "1/s", against=peer, theirs=bare, aim=0.8)


async def bare_client(host: Host) -> float:
    left = iter(range(1, PEOPLE + 1))
    async with ClientSession(auth=AUTH) as session:

        async def tell() -> None:
            for number in left:
                query = {"msisdn": f"79{number:09d}"}
                async with session.get(f"{host.url}/v1/card", params=query) as found:
                    card = (await found.json())["card"]["cardNumber"]
                address = f"{host.url}/v1/card/{card}/communication"
                async with session.put(address, json={"allow": ["sms"], "deny": []}) as told:
                    await told.read()

        began = time.perf_counter()
        await asyncio.gather(*(tell() for _ in range(AT_ONCE)))
        return time.perf_counter() - began


async def overhead(report: Report, engine: str, lanes: Lanes, host: Host) -> None:
    """CPU of a person beyond that of the two requests."""
    host.latency = 0.0
    before = time.process_time()
    await bare_client(host)
    bare = (time.process_time() - before) / PEOPLE
    await forgotten(PEOPLE)
    before = time.process_time()
    await drained(lanes)
    ours = (time.process_time() - before) / PEOPLE
    peer = "peer the bare requests"
    report.add(f"{engine}: CPU of a person", ours * 1e3, "ms", against=peer, theirs=bare * 1e3)


async def outage(
    report: Report, engine: str, lanes: Lanes, host: Host, connection: Connection
) -> None:
    """Nobody answers for a day; then they go in the order in which they changed."""
    host.away = True
    await forgotten(CHANGES)
    for _ in range(20):
        await lanes.step()
        await lanes.rest()
        await Connection.filter(id=connection.id).update(rests_until=None)
    host.away, host.told = False, []
    long_ago = datetime.now(UTC) - timedelta(days=1)
    await PartnerMember.all().update(available_at=long_ago)
    await Connection.filter(id=connection.id).update(rests_until=None)
    before = _resident_mb()
    seconds = await drained(lanes)
    grown = _resident_mb() - before
    assert len(host.told) == CHANGES, f"{len(host.told)} of {CHANGES}"
    late = _out_of_order(host.told)
    report.add(f"{engine}: {CHANGES:,} changes after a day", CHANGES / seconds, "1/s")
    report.add(f"{engine}: memory while they drain", grown, "MB", against="limit 30 MB",
               theirs=30.0, aim=1.0, aim_is="at most")  # fmt: skip
    report.add(f"{engine}: how far one overtakes", late, "places", against="limit those in hand",
               theirs=float(AT_ONCE * IN_HAND), aim=1.0, aim_is="at most")  # fmt: skip


def _out_of_order(told: list[str]) -> float:
    """The most places by which somebody came before those in front of them."""
    return float(max(abs(place - int(number[1:]) + 1) for place, number in enumerate(told)))


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
