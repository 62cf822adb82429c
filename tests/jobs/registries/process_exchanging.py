"""`python -m tests.jobs.registries.process_exchanging URL FOLDERS STEP`: a worker that exchanges
and works files through for ever. It kills itself (kill -9) at the given step of what it does to
files and their rows: a step is where a function of theirs begins, ends, waits or goes on.
"""

import asyncio
import os
import signal
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from backend.jobs import numbers
from backend.jobs.registries.exchange import exchange
from backend.jobs.registries.take_files import drop_broken_off
from backend.jobs.registries.work import Hands
from backend.jobs.work_piece import work_piece
from backend.partners.opened import Connections
from backend.platform.context import CLOCK
from backend.platform.database import connect
from backend.platform.door import WORKER
from backend.reading.reader import Reader
from models.connection import Connection
from tests.jobs.process_killed import known_context

OURS = (
    "backend/jobs/registries/",
    "backend/jobs/receive.py",
    "backend/jobs/steer_job.py",
    "backend/jobs/work_piece.py",
    "backend/partners/registries/wire/",
    "backend/platform/database.py",
)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


async def main(url: str, folders: Path, step: int) -> None:
    numbers.Numbers.piece = 200
    await connect(url)
    ctx = known_context().acting(CLOCK, WORKER)
    connections = Connections(ctx.vault, lambda: NOW, frozenset(), folders)
    connection = await Connection.get()
    await drop_broken_off(ctx)
    async with Reader() as reader:
        hands = Hands(reader)
        kill_at(step)
        while True:
            await exchange(ctx, connections, connection, hands)
            await work_piece(ctx)


def kill_at(step: int) -> None:
    left = step

    def watch(frame: FrameType, event: str, _value: object) -> None:
        nonlocal left
        if event in {"call", "return"} and any(part in frame.f_code.co_filename for part in OURS):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    threading.setprofile(watch)
    sys.setprofile(watch)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
