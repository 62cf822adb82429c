"""What lay in a shared folder for long goes: it tells of people."""

import asyncio
import os
from datetime import datetime, timedelta
from pathlib import Path

from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.watch.use_case_log import log_of
from models.program import Program

KEPT = timedelta(days=30)
# Cards that nobody has read are all told again.
_AGAIN = "UPDATE exchange_outs SET cursor = '' WHERE program_id = $1 RETURNING id"


async def tidy_folder(ctx: Context, program: Program, folder: Path) -> None:
    before = ctx.clock() - KEPT
    await asyncio.to_thread(_forget, folder / "done", before)
    unread = await asyncio.to_thread(_forget, folder / "out", before)
    if any(name.startswith("cards-") for name in unread):
        async with transaction():
            await rows(_AGAIN, [program.id])
        log_of(ctx, __name__).warning("nobody reads what is exchanged", program=program.key)


def _forget(folder: Path, before: datetime) -> list[str]:
    gone = []
    with os.scandir(folder) as found:
        for each in found:
            if each.is_file(follow_symlinks=False) and each.stat().st_mtime < before.timestamp():
                Path(each.path).unlink(missing_ok=True)
                gone.append(each.name)
    return gone
