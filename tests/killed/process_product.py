"""`python -m tests.killed.process_product`, settings from KARMAN_* variables: for every line of
its input the product is started, API and worker in one process, and its pid is told; when that
process has gone, "gone" is. A fork each time: what it imports is there already, so that hundreds
of kills take minutes.
"""

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from backend.messaging.telegram import lean_aiogram  # isort: skip
import backend.web.api.start
from backend.messaging.registry import open_channels
from backend.messaging.telegram.pacer import make_pacer
from backend.platform.clock import utc_now
from backend.platform.database import connect
from backend.platform.secrets.key_file import load_or_make_key_file
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.open_vault import open_vault
from backend.platform.settings import load_settings
from backend.platform.watch.log import configure_log
from backend.reactions import reactions
from backend.web.run import listening
from backend.worker.run import run_worker
from tests.support.contexts import context

assert lean_aiogram.__doc__, backend.web.api.start.__doc__
LEASE = timedelta(seconds=2)


async def product() -> None:
    settings = load_settings()
    configure_log("ERROR")
    await connect(settings.database)
    key, _ = load_or_make_key_file(settings.data_dir)
    ctx = context(await open_vault(MasterKeys(key), utc_now()))
    async with (
        listening(settings, ctx),
        open_channels(settings, make_pacer(settings)) as channels,
    ):
        await run_worker(settings, ctx, reactions(channels), lease=LEASE)


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main(product: Callable[[], Coroutine[Any, Any, None]] = product) -> None:
    say("ready")
    while sys.stdin.readline():
        pid = os.fork()
        if pid == 0:
            asyncio.run(product())
            os._exit(1)
        say(str(pid))
        os.waitpid(pid, 0)
        say("gone")


if __name__ == "__main__":
    main()
