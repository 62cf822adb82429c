"""kill -9 at any moment while people get cards and change their minds, and while every fifth answer
of their brands' system goes wrong: everybody has one card of each program, and Mindbox knows
exactly what stands here. With thousands of people and a hundred kills in `make test-long`."""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest

from backend.connections.connect import ConnectionOrder, connect, start_afresh
from backend.connections.lanes import Lanes
from backend.partners.opened import Connections
from backend.partners.registry import ConnectedProcessors
from backend.platform.clock import utc_now
from backend.platform.context import CLOCK, Context
from backend.platform.door import WORKER
from backend.platform.secrets.key_file import load_or_make_key_file
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.open_vault import open_vault
from backend.reactions import reactions
from models.card import Card
from models.connection import CardRequest, Connection, PartnerMember, RequestState, TellingState
from models.consent_state import ConsentState
from models.customer import Customer
from models.outbox import OutboxDelivery, OutboxEvent
from models.pool_number import PoolNumber
from models.program import ProcessorKind, Program
from tests.killed.product import product
from tests.partners.faults import EVERY, Fault, Faults, mixed
from tests.partners.mindbox.conftest import ENDPOINT, NORTH, SEA, SECRET
from tests.partners.mindbox.double import MindboxDouble, mindbox_standing
from tests.partners.mindbox.project import EndpointRules, Project
from tests.partners.mindbox.wallet import SETTINGS
from tests.support.contexts import context
from tests.support.factory.brands import NAME, PHONE, make_account, make_offer, make_program
from tests.support.machine.waiting import until
from tests.support.outbox import run_due

pytestmark = pytest.mark.slow
# Of the long series.
KILLS, PEOPLE = int(os.environ.get("KILLS", "100")), int(os.environ.get("PEOPLE", "5000"))
# A time-out takes the patience that is configured, and after 429 the client keeps still for as long
# as it is told: those are in tests/partners.
SLOW = {Fault.TIME_OUT, Fault.TOO_MANY}
QUICK = tuple(trouble for trouble in EVERY if trouble[1] not in SLOW)
CUSTOM = "subNorth", "subSea"


@dataclass
class Street:
    """Two brands of one account on one endpoint of Mindbox; numbers come from pools here."""

    ctx: Context
    connections: Connections
    connection: Connection
    project: Project
    faults: Faults


@pytest.fixture
def project() -> Project:
    return Project(
        endpoints={ENDPOINT: EndpointRules(SECRET)},
        brands={NORTH: {"News", "Sales"}, SEA: {"News"}},
        card_types={"north-virtual", "sea-virtual"},
        id_names={"KarmanID", "TGID"},
        custom_fields={"City", "ShoeSize", *CUSTOM},
        areas={"MoscowCity"},
    )


@pytest.fixture
async def street(
    database: str, tmp_path: Path, project: Project, request: pytest.FixtureRequest
) -> AsyncIterator[Street]:
    key, _ = load_or_make_key_file(tmp_path)
    vault = await open_vault(MasterKeys(key), utc_now())
    double = MindboxDouble(project)
    double.per_minute = 10_000_000
    async with mindbox_standing(double) as url:
        connections = Connections(vault, utc_now, frozenset({url.removeprefix("http://")}))
        ctx = replace(context(vault), processors=ConnectedProcessors(connections, utc_now))
        connection = await _connected(ctx, project, url)
        yield Street(ctx, connections, connection, project, double.faults)
        await connections.close()


async def _connected(ctx: Context, project: Project, url: str) -> Connection:
    account = await make_account("lestate")
    settings = {**SETTINGS, "url": url, "per_minute": 60_000, "at_once": 8, "fields": {}}
    order = ConnectionOrder(account.id, "crm", "mindbox", settings, {"secret_key": SECRET})
    connection = await connect(ctx, order)
    for key in ("north", "sea"):
        program = await make_program(
            account, key, fields=(NAME, PHONE), connection_id=connection.id,
            processor=ProcessorKind.POOL,
        )  # fmt: skip
        await make_offer(program, key)
    return connection


async def filled(street: Street, people: int) -> None:
    """The pools are loaded on both sides, from one list."""
    for program in await Program.all():
        texts = [f"{program.key}{n:06d}" for n in range(people + 200)]
        street.project.add_cards(f"{program.key}-virtual", *texts)
        await PoolNumber.bulk_create(
            PoolNumber(
                program_id=program.id, printed_number=text, barcode_value=text,
                changed_at=street.ctx.clock(),
            )
            for text in texts
        )  # fmt: skip


async def series(street: Street, database: str, folder: Path, people: int, kills: int) -> None:
    await filled(street, people)
    street.faults.choose = mixed(Random(3), 0.2, QUICK)
    settings = {
        "KARMAN_DATABASE_URL": database,
        "KARMAN_DATA_DIR": str(folder),
        "KARMAN_PARTNER_HOSTS": str(street.connection.settings["url"]).removeprefix("http://"),
        "PEOPLE": str(people),
    }
    ready = folder / "played.txt"

    async def played() -> int:
        return len(set(ready.read_text().split())) if ready.exists() else 0

    async with product(settings, "tests.connections.process_people") as running:
        await running.killed_at_random(Random(2), kills)
        await reached(played, people, "people who have played")
    await settled(street)
    await check_all(street, people)
    slowest = max(float(each) for each in (folder / "slowest.txt").read_text().split())
    asked, wrong = street.faults.requests, sum(street.faults.happened.values())
    print(  # noqa: T201  the totals are what the series is for
        f"{people} people, {running.kills} kills, {asked} requests, {wrong} of them wrong; "
        f"the slowest screen {slowest:.1f} s; Mindbox: {street.project.totals()}"
    )


async def settled(street: Street) -> None:
    """Nobody is killed any more, and what is left is told, while answers go wrong as before. The
    leases of those that were killed have passed."""
    await OutboxDelivery.filter(done_at=None, failed_at=None).update(dispatched_at=None)
    worker = street.ctx.acting(CLOCK, WORKER)
    lanes, book = Lanes(worker, street.connections), reactions({})

    async def told() -> int:
        await run_due(worker, book)
        await start_afresh(street.ctx, await Connection.get())
        await lanes.step()
        await lanes.rest()
        left = await PartnerMember.exclude(state=TellingState.DONE).count()
        left += await OutboxDelivery.filter(reaction="partner", done_at=None).count()
        # Of cards that were made a moment ago.
        left += await OutboxEvent.filter(kind="CardIssued", fanned_out_at=None).count()
        return -left - await CardRequest.filter(state=RequestState.WAITING).count()

    await reached(told, 0, "what is told")


async def reached(count: Callable[[], Awaitable[int]], wanted: int, what: str) -> None:
    """However much there is to do, something of it is done all the time."""
    known = await count()

    async def more() -> bool:
        nonlocal known
        await asyncio.sleep(0.1)
        before, known = known, await count()
        return known > before or known >= wanted

    while known < wanted:
        await until(more, f"more of {what} than {known}")


async def check_all(street: Street, people: int) -> None:
    cards = await Card.all().select_related("program")
    here = Counter((card.customer_id, card.program_id) for card in cards)
    assert set(here.values()) == {1}, "one card of each program"
    assert len({card.customer_id for card in cards}) == people == await Customer.all().count()
    by_id = {person.ids["KarmanID"]: person for person in street.project.people.values()}
    assert len(street.project.people) == len(by_id) == people, "everybody once"
    owners = {number: card.owner for number, card in street.project.cards.items() if card.owner}
    bound = {
        number: int(street.project.people[owner].ids["KarmanID"])
        for number, owner in owners.items()
    }
    assert bound == {card.barcode_value: card.customer_id for card in cards}
    said = await ConsentState.filter(purpose="advertising", channel="telegram")
    brands = {card.brand_id: card.program.key for card in cards if card.program is not None}
    assert {
        (state.customer_id, brands[state.subject_id]): state.granted
        for state in said
        if state.subject_id in brands
    } == {
        (int(person.ids["KarmanID"]), key): person.custom[name] == "True"
        for person in by_id.values()
        for key, name in zip(("north", "sea"), CUSTOM, strict=True)
        if name in person.custom
    }


@pytest.mark.sample("postgres")
async def test_everybody_has_one_card_here_and_there(
    street: Street, database: str, tmp_path: Path
) -> None:
    await series(street, database, tmp_path, 15, 4)


@pytest.mark.long
async def test_a_hundred_kills(street: Street, database: str, tmp_path: Path) -> None:
    await series(street, database, tmp_path, PEOPLE, KILLS)
