"""`python -m tests.jobs.process_killed URL KEY`: a worker that works through jobs for ever, and
says each piece. Killed (kill -9) by the test, at whatever moment that is."""

import asyncio
import sys

from backend.jobs import assignments, numbers
from backend.jobs.work_piece import work_piece
from backend.platform.context import Context
from backend.platform.database import connect
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.vault import SERVICE_KEYS, Vault
from tests.support.contexts import context


def known_context() -> Context:
    """With the same keys in every process."""
    service = {name: bytes(32) for name in SERVICE_KEYS}
    return context(Vault(masters=MasterKeys(current=bytes(32)), service=service))


async def main(url: str) -> None:
    numbers.Numbers.piece = assignments.Assignments.piece = 200
    await connect(url)
    ctx = known_context()
    while True:
        await work_piece(ctx)
        sys.stdout.write("piece\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
