"""`python -m tests.brands.offers.process_killed URL STATEMENT`: approves what waits of «Лавка», and
is killed (kill -9) when the first statement that begins like that is about to be sent."""

import asyncio
import logging
import sys

from backend.brands.offers.review_offer import approve_offer
from backend.platform.database import connect, disconnect
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.vault import Vault
from catalog.tenant import Scope
from tests.outbox.process_killed import Killing
from tests.support.contexts import context


async def main(url: str, statement: str) -> None:
    await connect(url)
    log = logging.getLogger("tortoise.db_client")
    log.setLevel(logging.DEBUG)
    log.addHandler(Killing(statement))
    ctx = context(Vault(MasterKeys(bytes(32)), {}))
    await approve_offer(ctx, await Scope.of_operator(), "lavka", "welcome")
    await disconnect()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
