"""Folders as older versions left them, brought up to date: people keep everything, a «no» stays a
no, and what was on its way goes on. record.py tells how they were made."""

import asyncio
import gzip
import shutil
import sqlite3
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import asyncpg
import pytest
from pydantic import SecretStr

from backend.campaigns.campaign_progress import campaign_progress
from backend.campaigns.send_campaigns import open_campaigns, send_campaign
from backend.cards.issue.application import current_application
from backend.cards.issue.issue_cards import issue_cards
from backend.cards.pocket.wallet import cards_in_wallet
from backend.consents.gate import may_send
from backend.consents.sweep import extend_all_chains
from backend.consents.verify import verify_chain
from backend.customers.person.meet import in_telegram, whose
from backend.customers.person.profile import read_profile
from backend.messaging.reach import Reach, reach
from backend.messaging.registry import open_channels
from backend.messaging.telegram.pace_memory import memory_pacer
from backend.outbox.claim import claim
from backend.platform.context import Context
from backend.platform.database import connect, disconnect
from backend.platform.migrate import migrate
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.open_vault import open_vault
from backend.platform.settings import Settings
from backend.restored.mark_lags import notice_what_is_lost
from bot.intake.store import Inbox
from models.account import Account
from models.brand import Brand
from models.card import Card
from models.channel import ChannelName
from models.consent_record import ConsentRecord
from models.customer import Customer
from models.message import Delivery, DeliveryState
from models.message_purpose import MessagePurpose
from models.pool_number import NumberStatus, PoolNumber
from tests.conftest import worker_number
from tests.support.clock import StoppedClock
from tests.support.contexts import context
from tests.support.database import postgres
from tests.support.database.sqlite import url_of
from tests.support.edge.noting_telegram import TOKEN, NotingTelegram
from tests.support.machine import servers
from tests.upgrades.record import BOT, MASTER_KEY, NAMES

DATA = Path(__file__).parent / "data"
TEMPLATE = "karman_upgraded_template"
# The other engine in `make test-long`.
pytestmark = [pytest.mark.slow, pytest.mark.sample("postgres")]


@pytest.fixture(params=["schema-0008", "schema-0021"])
async def upgraded(
    request: pytest.FixtureRequest, engine: str, tmp_path: Path
) -> AsyncIterator[str]:
    """The recorded folder with the version of today: upgraded once per run, copied for each."""
    make = partial(_upgraded, request.param, engine)
    made = servers.once(f"upgraded-{request.param}-{engine}", make)
    if engine == "sqlite":
        shutil.copyfile(made, tmp_path / "karman.db")
        yield url_of(tmp_path / "karman.db")
        return
    name = f"karman_upgraded_{worker_number()}"
    await postgres.copy_database(name, made)
    yield f"{postgres.server_url()}/{name}"
    await postgres.drop_database(name)


def _upgraded(recorded: str, engine: str, home: Path) -> str:
    """A file, or the name of a database."""
    # A loop of its own: the caller is a fixture, with a loop already running.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _upgrade(recorded, engine, home)).result()


async def _upgrade(recorded: str, engine: str, home: Path) -> str:
    text = gzip.decompress((DATA / f"{recorded}-{engine}.sql.gz").read_bytes()).decode()
    if engine == "sqlite":
        file = sqlite3.connect(home / "karman.db")
        file.executescript(text)
        file.close()
        assert await migrate(url_of(home / "karman.db"))
        return str(home / "karman.db")
    template = f"{TEMPLATE}_{recorded.replace('-', '_')}"
    url = await postgres.create_database(template, migrated=False)
    server = await asyncpg.connect(url)
    await server.execute(text)
    await server.close()
    assert await migrate(url)
    return template


@pytest.fixture
async def ctx(upgraded: str, clock: StoppedClock) -> AsyncIterator[Context]:
    """A day later, with the version of today."""
    await connect(upgraded)
    clock.advance(days=1)
    vault = await open_vault(MasterKeys(MASTER_KEY), clock())
    yield context(vault, clock)
    await disconnect()


async def people() -> list[Customer]:
    return await Customer.all().order_by("id")


async def test_everything_that_people_had_is_there(ctx: Context) -> None:
    anna, boris, vera, gleb, _ = await people()
    for person, name in zip((anna, boris, vera), NAMES, strict=False):
        assert read_profile(ctx, person)["given_name"] == name
        assert len(await cards_in_wallet(person)) == 1
    assert gleb.data_key is None
    assert [await whose(in_telegram(1001 + place)) for place in range(4)] == [
        anna, boris, vera, None,
    ], "known as before, and a deleted one as nobody"  # fmt: skip
    assert await reach(anna.id) == Reach(ChannelName.TELEGRAM, blocked=False)
    assert not await cards_in_wallet(gleb)

    # Said after the campaign was collected, and it counts.
    brand, promo = await Brand.get(), MessagePurpose.PROMO
    allowed = [
        await may_send(ctx.clock(), person.id, brand.id, "telegram", promo)
        for person in (anna, boris, vera, gleb)
    ]
    assert allowed == [True, False, True, False]


async def test_what_was_on_its_way_goes_on(ctx: Context) -> None:
    queued = await Delivery.filter(state=DeliveryState.QUEUED).select_related("message")
    brand = await Brand.get()
    assert [each.message.data["action"] for each in queued] == [f"stop_ads {brand.id}"] * 3
    assert len(await claim(ctx.clock())) == 8, "welcomes and links of the chain"
    inbox = Inbox(ctx, BOT)
    (taken,) = await inbox.take(await inbox.lanes(1))
    assert inbox.open(taken)["message"]["text"] == "/start"


async def test_a_campaign_goes_on_and_a_no_counts(ctx: Context) -> None:
    (campaign,) = await open_campaigns()
    async with NotingTelegram() as telegram:
        settings = Settings(bot_api_url=telegram.url, bot_token=SecretStr(TOKEN))
        async with open_channels(settings, memory_pacer(100_000)) as channels:
            await send_campaign(ctx, channels, campaign)
    assert sorted(telegram.chats) == [1001, 1003]
    assert (await campaign_progress(campaign)).states == {
        "delivered": 2, "stopped": 2,
    }, "a «no», and somebody whose data is gone"  # fmt: skip
    assert await open_campaigns() == []


async def test_whoever_was_half_way_through_gets_a_number_that_nobody_has(ctx: Context) -> None:
    assert await notice_what_is_lost(ctx) is None, "an upgrade is no loss"
    darya = (await people())[-1]
    before = {each.printed_number for each in await Card.all()}
    card = (await issue_cards(ctx, darya, await current_application(ctx, darya)))[0].card
    assert card is not None
    assert card.printed_number not in before
    taken = await PoolNumber.filter(status=NumberStatus.ISSUED).count()
    assert taken == 4, "of three people and hers; the deleted one's is quarantined"
    await extend_all_chains()
    verdict = await verify_chain((await Account.get()).id)
    assert (verdict.broken, verdict.unlinked) == (None, 0)
    assert verdict.links == await ConsentRecord.all().count()
