"""kill -9 of the worker in the middle of a campaign: it goes on, and nobody has it twice."""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from backend.campaigns.campaign_progress import campaign_progress
from backend.campaigns.start_campaign import CampaignOrder, start_campaign
from backend.platform.clock import utc_now
from backend.platform.context import Context
from models.campaign import Campaign, CampaignState
from models.message import Delivery, DeliveryState
from tests.support.edge.noting_telegram import TOKEN, NotingTelegram
from tests.support.factory.agreeing import FIRST_CHAT, audience
from tests.support.factory.brands import shop
from tests.support.machine.processes import Process, start_python

PEOPLE = 160


@pytest.fixture
async def environment(
    database: str, engine: str, valkey_url: str, telegram: NotingTelegram, tmp_path: Path
) -> dict[str, str]:
    return os.environ | {
        "KARMAN_DATABASE_URL": database,
        "KARMAN_REDIS_URL": "memory://" if engine == "sqlite" else valkey_url,
        "KARMAN_DATA_DIR": str(tmp_path),
        "KARMAN_BOT_API_URL": telegram.url,
        "KARMAN_BOT_TOKEN": TOKEN,
        # Eight at once keep it, so that eight are in flight.
        "KARMAN_MESSAGES_PER_SECOND": "25",
    }


class Started:
    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._all: list[Process] = []

    async def worker(self) -> Process:
        process = await start_python(
            "tests.worker.process_worker", "2", environment=self._environment
        )
        self._all.append(process)
        async with asyncio.timeout(60):
            assert await process.stdout.readline() == b"ready\n"
        return process

    async def end(self) -> None:
        for process in self._all:
            if process.returncode is None:
                process.kill()
            await process.communicate()


@pytest.fixture
async def start(environment: dict[str, str]) -> AsyncIterator[Started]:
    started = Started(environment)
    yield started
    await started.end()


@pytest.mark.slow
@pytest.mark.sample("postgres")
async def test_killed_twice_in_the_middle(
    ctx: Context, start: Started, telegram: NotingTelegram
) -> None:
    account, _, brand = await shop()
    people = await audience(ctx, account, brand, PEOPLE)
    campaign = await start_campaign(
        replace(ctx, clock=utc_now), CampaignOrder(brand="romashka", text="Кофе дешевле")
    )
    for reached in (40, 90):
        worker = await start.worker()
        await telegram.has_sent(reached)
        worker.kill()
        await worker.wait()
    await start.worker()
    async with asyncio.timeout(90):
        while (await Campaign.get(id=campaign.id)).state is not CampaignState.DONE:  # noqa: ASYNC110
            await asyncio.sleep(0.2)
    states = (await campaign_progress(await Campaign.get(id=campaign.id))).states
    assert len(set(telegram.chats)) == len(telegram.chats), "nobody has it twice"
    doubtful = states.get("in_doubt", 0)
    assert doubtful <= 2 * 8, "only what was in flight at a kill"
    assert states["delivered"] + doubtful == PEOPLE
    chats = {person.id: FIRST_CHAT + number for number, person in enumerate(people)}
    ended: dict[DeliveryState, set[int]] = {state: set() for state in DeliveryState}
    for row in await Delivery.all().select_related("message"):
        ended[row.state].add(chats[row.message.customer_id])
    arrived = set(telegram.chats)
    assert ended[DeliveryState.DELIVERED] <= arrived, "nothing is called delivered that is not"
    assert arrived - ended[DeliveryState.DELIVERED] <= ended[DeliveryState.IN_DOUBT]
