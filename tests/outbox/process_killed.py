"""`python -m tests.outbox.process_killed URL STATEMENT`: passes on what is announced and runs it,
and is killed (kill -9) when the first statement that begins like that is about to be sent."""

import asyncio
import logging
import os
import signal
import sys

from backend.outbox.happened import Happened
from backend.platform.database import connect, disconnect
from tests.outbox.effects import book, context
from tests.support.outbox import run_tasks

assert Happened.__doc__


class Killing(logging.Handler):
    def __init__(self, statement: str) -> None:
        super().__init__(logging.DEBUG)
        self._statement = statement

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage().strip().startswith(self._statement):
            os.kill(os.getpid(), signal.SIGKILL)


async def main(url: str, statement: str) -> None:
    await connect(url)
    log = logging.getLogger("tortoise.db_client")
    log.setLevel(logging.DEBUG)
    log.addHandler(Killing(statement))
    await run_tasks(context(), book())
    await disconnect()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
