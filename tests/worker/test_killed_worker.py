"""kill -9 of a real worker process, on SQLite with the queue in memory and on PostgreSQL with
Valkey: nothing is lost, nothing is written twice."""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from backend.outbox.announce import announce
from backend.outbox.backlog import counts
from backend.platform.clock import utc_now
from backend.platform.context import Context
from models.message import Delivery, DeliveryState, Message
from models.outbox import OutboxDelivery
from tests.support.edge.noting_telegram import TOKEN, NotingTelegram
from tests.support.factory.cards import issued_card
from tests.support.machine.processes import Process, start_python

LEASE = "2"
pytestmark = pytest.mark.slow


class Workers:
    """Starts workers and ends each one it started."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = os.environ | environment
        self._started: list[Process] = []

    async def start(self) -> Process:
        process = await start_python(
            "tests.worker.process_worker", LEASE, environment=self._environment
        )
        self._started.append(process)
        async with asyncio.timeout(30):
            assert await process.stdout.readline() == b"ready\n"
        return process

    async def kill_all(self) -> None:
        for process in self._started:
            if process.returncode is None:
                process.kill()
            await process.communicate()


@pytest.fixture
async def telegram() -> AsyncIterator[NotingTelegram]:
    async with NotingTelegram() as running:
        yield running


@pytest.fixture
async def workers(
    database: str, engine: str, valkey_url: str, telegram: NotingTelegram, tmp_path: Path
) -> AsyncIterator[Workers]:
    started = Workers(
        {
            "KARMAN_DATABASE_URL": database,
            "KARMAN_REDIS_URL": "memory://" if engine == "sqlite" else valkey_url,
            "KARMAN_DATA_DIR": str(tmp_path),
            "KARMAN_BOT_API_URL": telegram.url,
            "KARMAN_BOT_TOKEN": TOKEN,
            "KARMAN_MESSAGES_PER_SECOND": "40",
        }
    )
    yield started
    await started.kill_all()


async def settled() -> None:
    async with asyncio.timeout(40):
        now = await counts()
        while now["waiting"] or now["new"]:
            await asyncio.sleep(0.1)
            now = await counts()


async def ids_of(state: DeliveryState) -> list[int]:
    return [delivery.id for delivery in await Delivery.filter(state=state)]


@pytest.mark.sample("postgres")
async def test_killed_while_telegram_has_the_message_and_has_not_answered(
    ctx: Context, workers: Workers, telegram: NotingTelegram
) -> None:
    """Crash: after the request left, before its answer. The delivery row says `sending`; the
    next worker repeats this service message once and settles it."""
    event = await issued_card(ctx, 1001)
    await announce(utc_now(), event)
    telegram.holding = True
    first = await workers.start()
    await asyncio.wait_for(telegram.came.wait(), 20)
    first.kill()
    await first.wait()
    assert (await Delivery.get()).state is DeliveryState.SENDING
    telegram.answer()
    await workers.start()
    await settled()
    assert (await Delivery.get()).state is DeliveryState.DELIVERED
    assert await Message.all().count() == 1
    assert telegram.sent == {1001: 2}
    assert (await OutboxDelivery.get(reaction="welcome")).attempts == 2


@pytest.mark.sample("postgres")
async def test_killed_again_and_again_under_load(
    ctx: Context, workers: Workers, telegram: NotingTelegram
) -> None:
    """Crash: three times, wherever the worker happens to be among 60 reactions. Every card
    has one message that ends delivered; only what was in flight at a kill was sent twice, and
    what was in flight at two kills is in doubt and shown as such."""
    for number in range(60):
        await announce(utc_now(), await issued_card(ctx, 5000 + number))
    caught: Counter[int] = Counter()
    for kills in range(1, 4):
        worker = await workers.start()
        await telegram.has_sent(kills * 12)
        worker.kill()
        await worker.wait()
        caught.update(await ids_of(DeliveryState.SENDING))
    await workers.start()
    await settled()
    assert await Message.all().count() == 60
    welcomed = OutboxDelivery.filter(reaction="welcome", done_at__isnull=False)
    assert await welcomed.count() == 60
    doubtful = await ids_of(DeliveryState.IN_DOUBT)
    assert len(await ids_of(DeliveryState.DELIVERED)) == 60 - len(doubtful)
    assert all(caught[delivery] >= 2 for delivery in doubtful)
    assert len(telegram.sent) >= 60 - len(doubtful)
    assert max(telegram.sent.values()) <= 2


@pytest.mark.parametrize("engine", ["postgres"])
async def test_an_emptied_redis_only_delays(
    ctx: Context, workers: Workers, telegram: NotingTelegram, valkey_url: str
) -> None:
    """Crash: FLUSHALL while deliveries are dispatched, one of them in the middle."""
    for number in range(30):
        await announce(utc_now(), await issued_card(ctx, 7000 + number))
    telegram.holding = True
    await workers.start()
    await asyncio.wait_for(telegram.came.wait(), 20)
    async with Redis.from_url(valkey_url) as redis:
        await redis.flushall()
    telegram.answer()
    await settled()
    assert telegram.sent == {7000 + number: 1 for number in range(30)}
