"""Fixtures for every test: both databases, Valkey, a clock, a vault, a context.

A test that asks for `database` is there twice, on SQLite and on PostgreSQL (`-k sqlite` picks
one), each time on an empty database at the newest schema that is its own. `make test` runs each on
one of the two, half of them on either; the other one runs in `make test-long`, and both run where
EVERY_ENGINE is set, as the build server does, and for what is about the engines themselves
(ON_BOTH_ENGINES).
"""

import gc
import os
from collections.abc import AsyncIterator
from pathlib import Path
from zlib import crc32

import hypothesis
import pytest
from aiohttp import ClientSession, web_app
from redis.asyncio import Redis

from backend.messaging.telegram import lean_aiogram  # noqa: F401  before aiogram itself
from backend.platform.context import Context
from backend.platform.database import connect, disconnect
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.vault import SERVICE_KEYS, Vault
from backend.platform.world.http import open_http
from tests.support.chat.telegram import Telegram
from tests.support.clock import StoppedClock
from tests.support.contexts import context
from tests.support.database import postgres, sqlite
from tests.support.database.models_once import make_models_once
from tests.support.machine import servers, valkey
from tests.support.source import ROOT

# `make test-fast` takes SQLite alone.
ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.slow)]

# A loaded machine is no reason to fail, and the same commit has the same result. What nobody has
# thought of yet is looked for with other examples each time by `make test-long`.
hypothesis.settings.register_profile("same", deadline=None, derandomize=True)
hypothesis.settings.register_profile("search", deadline=None, print_blob=True)
hypothesis.settings.load_profile("same")

# Folders and files that `make test-fast` leaves out as a whole: photographs, processes that are
# started and killed, journeys of many taps, long random input.
SLOW = (
    "tests/bot/runtime/test_hostile.py",
    "tests/bot/runtime/test_kill.py",
    "tests/cli/",
    "tests/customers/my_data/",
    "tests/customers/person/test_keys.py",
    "tests/catalog/test_pack_draw.py",
    "tests/catalog/test_pack_hostile.py",
    "tests/fuzz/",
    "tests/journeys/",
    "tests/messaging/telegram/test_lean_aiogram.py",
    "tests/messaging/pace/test_pace.py",
    "tests/pictures/test_card_picture_decodes.py",
    "tests/platform/test_sole.py",
    "tests/reading/",
    "tests/worker/test_killed_worker.py",
)


# About the engines themselves, or one statement of each: always on both.
ON_BOTH_ENGINES = (
    "tests/catalog/test_tenant.py",
    "tests/platform/",
    "tests/upgrades/",
    "tests/web/api/test_together_spoilt.py",
)
EVERY_ENGINE = bool(os.environ.get("EVERY_ENGINE"))


def _without_engine(item: pytest.Item) -> tuple[str, str]:
    """The test's name whatever the engine, and the engine, empty where it asks for none."""
    called = getattr(item, "callspec", None)
    engine = str(called.params.get("engine", "")) if called is not None else ""
    return (item.nodeid.replace(engine, "") if engine else item.nodeid), engine


def _on_the_other_engine(items: list[pytest.Item]) -> list[pytest.Item]:
    """Of tests that are there for both engines, those that are left to `make test-long`."""
    found: dict[str, dict[str, pytest.Item]] = {}
    for item in items:
        name, engine = _without_engine(item)
        both = item.path.relative_to(ROOT).as_posix().startswith(ON_BOTH_ENGINES)
        if engine and not both and item.get_closest_marker("sample") is None:
            found.setdefault(name, {})[engine] = item
    pairs = {name: both for name, both in found.items() if len(both) > 1}
    return [
        both["sqlite" if crc32(name.encode()) % 2 else "postgres"] for name, both in pairs.items()
    ]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in [] if EVERY_ENGINE else _on_the_other_engine(items):
        item.add_marker(pytest.mark.long)
    for item in items:
        if item.path.relative_to(ROOT).as_posix().startswith(SLOW):
            item.add_marker(pytest.mark.slow)
        sample = item.get_closest_marker("sample")
        # The name says the parameters: test_killed[postgres].
        if sample is not None and sample.args[0] not in item.name:
            item.add_marker(pytest.mark.long)


# The collector would look at five thousand tests and all that they import again and again: it took
# a third of the suite's time.
gc.set_threshold(50_000, 20, 20)


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()


def pytest_runtest_logfinish() -> None:
    """aiohttp remembers handlers with their applications, a thousand of them: every application
    that a test has made, and what hangs on it."""
    web_app._cached_build_middleware.cache_clear()


_OPENED = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    make_models_once()
    alone = not hasattr(config, "workerinput")
    config.stash[_OPENED] = alone and servers.open_folder(in_memory=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    if config.stash.get(_OPENED, False):
        servers.close_folder()


def worker_number() -> int:
    """0, 1, … with pytest-xdist; 0 without."""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    """A way out to the gateways of the tests, which stand on this machine."""
    async with open_http(loopback=True) as session:
        yield session


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def database_url(engine: str, tmp_path: Path) -> AsyncIterator[str]:
    """An empty database at the newest schema, not connected: for tests that start processes."""
    if engine == "sqlite":
        yield sqlite.create_database(tmp_path / "karman.db", migrated=True)
        return
    name = f"karman_{worker_number()}"
    yield await postgres.create_database(name, migrated=True)
    await postgres.drop_database(name)


@pytest.fixture
async def blank_database_url(engine: str, tmp_path: Path) -> AsyncIterator[str]:
    """A database without any table: for tests of the migrations, which connect by themselves. One
    that fails while it is connected stops no other."""
    if engine == "sqlite":
        yield sqlite.create_database(tmp_path / "blank.db", migrated=False)
        await disconnect()
        return
    name = f"karman_blank_{worker_number()}"
    yield await postgres.create_database(name, migrated=False)
    await disconnect()
    await postgres.drop_database(name)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[str]:
    """Connected; the value is the URL."""
    await connect(database_url)
    yield database_url
    await disconnect()


@pytest.fixture
async def valkey_url() -> str:
    """An emptied database of a real Valkey."""
    url = f"{valkey.server_url()}/{worker_number()}"
    async with Redis.from_url(url) as client:
        await client.flushdb()
    return url


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[Telegram]:
    """A running sandbox with Анна, Борис, Carol and Дина; its rates are off."""
    async with Telegram(tmp_path / "telegram") as running:
        yield running


@pytest.fixture
def clock() -> StoppedClock:
    """Stands at 2026-11-21 09:00 UTC."""
    return StoppedClock()


@pytest.fixture
def vault() -> Vault:
    """Keys of this test alone. Tests that start processes open theirs from a key file."""
    return Vault(
        masters=MasterKeys(current=os.urandom(32)),
        service={name: os.urandom(32) for name in SERVICE_KEYS},
    )


@pytest.fixture
def ctx(clock: StoppedClock, vault: Vault) -> Context:
    return context(vault, clock)
