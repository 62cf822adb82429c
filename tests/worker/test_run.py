"""The whole worker in this process: queue in memory, and on Valkey."""

import asyncio
import time

import pytest

from backend.events.people import CustomerJoined
from backend.outbox.announce import announce
from backend.outbox.happened import Happened
from backend.outbox.reaction import Reaction
from backend.platform.clock import utc_now
from backend.platform.context import Context
from backend.platform.secrets.vault import Vault
from backend.platform.settings import Settings
from backend.reactions import Book
from backend.worker.run import run_relay, run_worker
from models.outbox import OutboxDelivery
from tests.support.contexts import context


class Greetings:
    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.seen: list[int] = []
        self.changed = asyncio.Event()

    async def __call__(self, _ctx: Context, happened: Happened[CustomerJoined]) -> None:
        self.seen.append(happened.event.customer_id)
        self.changed.set()
        await asyncio.sleep(self.seconds)

    async def count(self, number: int) -> None:
        async with asyncio.timeout(20):
            while len(self.seen) < number:
                self.changed.clear()
                await self.changed.wait()


@pytest.fixture
def live(database: str, vault: Vault) -> Context:
    return context(vault)


@pytest.fixture
def settings(engine: str, database: str, valkey_url: str) -> Settings:
    queue = "memory://" if engine == "sqlite" else valkey_url
    return Settings(redis_url=queue, database_url=database)


async def test_an_announcement_is_passed_on_at_once(live: Context, settings: Settings) -> None:
    greetings = Greetings()
    worker = asyncio.create_task(
        run_worker(settings, live, Book({CustomerJoined: {"greet": Reaction(greetings)}}))
    )
    await announce(utc_now(), CustomerJoined(0))
    await greetings.count(1)
    for customer in range(1, 101):
        await announce(utc_now(), CustomerJoined(customer))
    live.wake.set()
    await greetings.count(101)
    assert sorted(greetings.seen) == list(range(101))
    worker.cancel()
    with pytest.raises(asyncio.CancelledError):
        await worker
    assert await OutboxDelivery.filter(done_at=None).count() == 0


async def test_a_stop_is_quick_and_leaves_the_rest_to_the_next(
    live: Context, settings: Settings
) -> None:
    """Stopped in the middle of a reaction that would take a minute: the delivery is not
    done, and comes again when its lease is over."""
    greetings = Greetings(seconds=60)
    await announce(utc_now(), CustomerJoined(7))
    worker = asyncio.create_task(
        run_worker(settings, live, Book({CustomerJoined: {"greet": Reaction(greetings)}}))
    )
    await greetings.count(1)
    began = time.monotonic()
    worker.cancel()
    with pytest.raises(asyncio.CancelledError):
        await worker
    assert time.monotonic() - began < 3
    row = await OutboxDelivery.get()
    assert (row.done_at, row.failed_at, row.attempts) == (None, None, 1)


async def test_beside_a_worker_with_its_queue_in_memory_a_relay_waits_to_be_stopped(
    live: Context,
) -> None:
    """A bot alone does not end because there is nothing to pass on."""
    relay = asyncio.create_task(run_relay(Settings(redis_url="memory://"), live, Book({})))
    for _ in range(10):
        await asyncio.sleep(0)
    assert not relay.done()
    relay.cancel()
    with pytest.raises(asyncio.CancelledError):
        await relay
