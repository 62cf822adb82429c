"""A real worker process: `python -m tests.worker.process_worker LEASE_SECONDS`, settings from
KARMAN_* variables. Prints "ready" when it works."""

import asyncio
import sys
from datetime import timedelta

from backend.messaging.telegram import lean_aiogram  # isort: skip
from backend.messaging.registry import open_channels
from backend.messaging.telegram.pacer import make_pacer
from backend.platform.clock import utc_now
from backend.platform.database import connect, disconnect
from backend.platform.secrets.key_file import load_or_make_key_file
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.open_vault import open_vault
from backend.platform.settings import load_settings
from backend.platform.watch.log import configure_log
from backend.reactions import reactions
from backend.worker.run import run_worker
from tests.support.contexts import context

assert lean_aiogram.__doc__


async def main(lease: float) -> None:
    settings = load_settings()
    configure_log(settings.log_level)
    await connect(settings.database)
    key, _ = load_or_make_key_file(settings.data_dir)
    vault = await open_vault(MasterKeys(key), utc_now())
    ctx = context(vault)
    async with open_channels(settings, make_pacer(settings)) as channels:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await run_worker(settings, ctx, reactions(channels), lease=timedelta(seconds=lease))
    await disconnect()


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1])))
