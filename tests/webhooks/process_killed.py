"""`python -m tests.webhooks.process_killed URL KEY STATEMENT`: sends what is due, and is killed
(kill -9) when the first statement that begins like that is about to be sent. KEY: hex."""

import asyncio
import logging
import sys

from backend.platform.database import connect
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.vault import Vault
from backend.webhooks.request import open_ways
from backend.webhooks.sender import Sender
from tests.outbox.process_killed import Killing
from tests.support.contexts import context
from tests.webhooks.sending import HOSTS, sent


async def main(url: str, key: str, statement: str) -> None:
    await connect(url)
    log = logging.getLogger("tortoise.db_client")
    log.setLevel(logging.DEBUG)
    log.addHandler(Killing(statement))
    secret = bytes.fromhex(key)
    vault = Vault(MasterKeys(secret), {"webhooks": secret})
    async with open_ways(HOSTS) as ways:
        await sent(Sender(context(vault), ways))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
