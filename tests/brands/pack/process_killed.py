"""`python -m tests.brands.pack.process_killed URL FOLDER STATEMENT`: loads a pack, and is killed
(kill -9) when the first statement that begins like that is about to be sent."""

import asyncio
import logging
import sys
from pathlib import Path

from backend.brands.load_pack import load_pack
from backend.platform.database import connect, disconnect
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.vault import Vault
from tests.outbox.process_killed import Killing
from tests.support.contexts import context


async def main(url: str, folder: str, statement: str) -> None:
    await connect(url)
    log = logging.getLogger("tortoise.db_client")
    log.setLevel(logging.DEBUG)
    log.addHandler(Killing(statement))
    await load_pack(context(Vault(MasterKeys(bytes(32)), {})), Path(folder))
    await disconnect()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
