"""A process that deletes a customer and is killed after the n-th statement of it.

Usage: python -m tests.customers.my_data.process_delete DATABASE KEY CUSTOMER STATEMENT
"""

import asyncio
import os
import signal
import sys
from typing import Any

from tortoise.backends.asyncpg.client import TransactionWrapper

from backend.customers.my_data.delete_data import delete_data
from backend.platform.clock import utc_now
from backend.platform.database import connect, disconnect
from backend.platform.engines.sqlite import ImmediateWrapper
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.open_vault import open_vault
from tests.support.contexts import context

COUNTED = ("execute_query", "execute_insert", "execute_many", "execute_query_dict")


def die_after(clients: tuple[type, ...], statement: int) -> None:
    """Kill this process once the transaction's n-th statement is done."""
    left = [statement]

    def counted(client: Any, name: str) -> None:
        run = getattr(client, name)

        async def run_and_count(self: Any, *values: Any) -> Any:
            done = await run(self, *values)
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return done

        setattr(client, name, run_and_count)

    for client in clients:
        for name in COUNTED:
            counted(client, name)


async def main(url: str, key: str, customer: int, statement: int) -> None:
    await connect(url)
    vault = await open_vault(MasterKeys(bytes.fromhex(key)), utc_now())
    die_after((ImmediateWrapper, TransactionWrapper), statement)
    await delete_data(context(vault), customer)
    await disconnect()


if __name__ == "__main__":
    database, master, *numbers = sys.argv[1:]
    asyncio.run(main(database, master, *map(int, numbers)))
