"""Reactions: a pool has run low or empty, and whoever keeps the installation can see it."""

from backend.events.numbers import PoolRanEmpty, PoolRanLow
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.watch.metrics import POOLS_RAN
from backend.platform.watch.use_case_log import log_of
from catalog.scope import programs_by_id
from models.program import PoolLevel


async def report_low(ctx: Context, happened: Happened[PoolRanLow]) -> None:
    told = "few free card numbers are left"
    await _report(ctx, happened.event.program_id, PoolLevel.LOW, told)


async def report_empty(ctx: Context, happened: Happened[PoolRanEmpty]) -> None:
    told = "no free card numbers are left"
    await _report(ctx, happened.event.program_id, PoolLevel.EMPTY, told)


async def _report(ctx: Context, program_id: int, level: PoolLevel, told: str) -> None:
    program = await programs_by_id({program_id}).select_related("account").first()
    if program is None:
        return
    POOLS_RAN.labels(level.value).inc()
    remedy = f"karman pools load {program.key} FILE.csv"
    names = {"program": program.key, "account": program.account.key}
    log_of(ctx, __name__).warning(told, **names, remedy=remedy)
