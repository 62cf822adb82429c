"""The embedded default imports no client of Redis and no docket; whoever needs docket imports it
without what checks a store that nobody here uses."""

import subprocess
import sys

ALONE = """
import sys
import bot.run, backend.web.app, backend.worker.run
from backend.messaging.telegram.pacer import make_pacer
from backend.platform.settings import Settings
from backend.web.api.limits import make_limits
from backend.web.compat.osmi.counts import make_counts
from backend.worker.queue import open_queue
make_pacer(Settings(redis_url="memory://"))
make_limits("memory://", 1), make_counts("memory://")
import asyncio
async def opened():
    async with open_queue("memory://", None):
        pass
asyncio.run(opened())
heavy = {"asyncpg", "beartype", "docket", "opentelemetry", "rapidfuzz", "redis"}
print(sorted({name.partition(".")[0] for name in sys.modules} & heavy))
import backend.worker.queue_docket
print("beartype" in sys.modules)
import beartype
from beartype.claw import beartype_this_package
print(beartype.__file__ is not None, beartype_this_package.__module__)
"""


def test_what_only_some_need_is_not_imported_and_the_real_beartype_is_there_later() -> None:
    found = subprocess.run(
        [sys.executable, "-c", ALONE], capture_output=True, text=True, check=True
    )
    first, second, third = found.stdout.splitlines()
    assert first == "[]"
    assert second == "False"
    assert third.startswith("True beartype.claw")
