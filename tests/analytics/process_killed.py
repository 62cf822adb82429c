"""`python -m tests.analytics.process_killed URL STATEMENT`: counts what happened, and is killed
(kill -9) when the first statement that holds these words is about to be sent."""

import asyncio
import logging
import os
import signal
import sys

from backend.platform.database import connect
from backend.worker.facts import count_what_happened


class Killing(logging.Handler):
    def __init__(self, words: str) -> None:
        super().__init__(logging.DEBUG)
        self._words = words

    def emit(self, record: logging.LogRecord) -> None:
        if self._words in record.getMessage():
            os.kill(os.getpid(), signal.SIGKILL)


async def main(url: str, words: str) -> None:
    await connect(url)
    log = logging.getLogger("tortoise.db_client")
    log.setLevel(logging.DEBUG)
    log.addHandler(Killing(words))
    await count_what_happened()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
