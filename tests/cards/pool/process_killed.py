"""`python -m tests.cards.pool.process_killed URL PROGRAM`: reserves numbers for ever, commits one
and releases the next. Killed (kill -9) by the test, at whatever moment that is."""

import asyncio
import os
import sys
from itertools import cycle

from backend.cards.pool.end_reservation import end_reservation
from backend.cards.pool.reserve_number import reserve_number
from backend.platform.context import OPERATOR
from backend.platform.database import connect
from backend.platform.door import CLI
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.vault import SERVICE_KEYS, Vault
from models.number_reservation import ReservationState
from models.program import Program
from tests.support.contexts import context


async def main(url: str, key: str) -> None:
    service = {name: os.urandom(32) for name in SERVICE_KEYS}
    vault = Vault(masters=MasterKeys(current=os.urandom(32)), service=service)
    ctx = context(vault).acting(OPERATOR, CLI)
    await connect(url)
    program = await Program.get(key=key)
    for to in cycle((ReservationState.COMMITTED, ReservationState.RELEASED)):
        row = await reserve_number(ctx, program, 30)
        await end_reservation(ctx, program, row, to)
        sys.stdout.write(f"{row.id}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
