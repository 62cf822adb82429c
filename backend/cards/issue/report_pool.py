"""Reactions: a pool has run low or empty, and whoever keeps the installation can see it."""

from backend.events import PoolRanEmpty, PoolRanLow
from backend.platform.context import Context
from backend.platform.watch.log import get_log
from backend.platform.watch.metrics import POOLS_RAN
from catalog.scope import programs_by_id
from models.program import PoolLevel

log = get_log(__name__)


async def report_low(_ctx: Context, event: PoolRanLow) -> None:
    await _report(event.program_id, PoolLevel.LOW, "few free card numbers are left")


async def report_empty(_ctx: Context, event: PoolRanEmpty) -> None:
    await _report(event.program_id, PoolLevel.EMPTY, "no free card numbers are left")


async def _report(program_id: int, level: PoolLevel, told: str) -> None:
    program = await programs_by_id({program_id}).select_related("account").first()
    if program is None:
        return
    POOLS_RAN.labels(level.value).inc()
    remedy = f"karman pools load {program.key} FILE.csv"
    log.warning(told, program=program.key, account=program.account.key, remedy=remedy)
