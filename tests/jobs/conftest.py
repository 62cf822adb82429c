"""What a job needs: an account with a program, and a file that comes in."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from backend.jobs.kinds import KINDS
from backend.jobs.receive import JobOrder, receive
from backend.jobs.steer_job import start_job
from backend.jobs.work_piece import work_piece
from backend.platform.context import OPERATOR, Context
from backend.platform.door import CLI
from models.account import Account
from models.barcode_format import BarcodeFormat
from models.brand import Brand
from models.job import Job, JobForm, JobKind, JobResult
from models.program import Program
from tests.support.factory.brands import (
    add_numbers,
    another_offer,
    make_account,
    make_brand,
    make_program,
)


async def in_chunks(data: bytes, size: int = 1000) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


async def all_done(ctx: Context) -> None:
    while await work_piece(ctx):
        pass


@dataclass(frozen=True, slots=True)
class House:
    """«Лавка» and what it sends."""

    ctx: Context
    account: Account
    program: Program
    brand: Brand

    async def sends(
        self, kind: JobKind, data: bytes | str, form: JobForm = JobForm.CSV, chunk: int = 1000
    ) -> Job:
        """The job waits."""
        order = JobOrder(self.account.id, kind, form, program=self.program)
        if kind is JobKind.STORES:
            order = JobOrder(self.account.id, kind, form, brand=self.brand)
        raw = data.encode() if isinstance(data, str) else data
        return await start_job(
            self.ctx, await receive(self.ctx, order, KINDS[kind], in_chunks(raw, chunk))
        )

    async def worked(self, kind: JobKind, data: bytes | str, **more: JobForm) -> Job:
        """The job has ended."""
        job = await self.sends(kind, data, **more)  # type: ignore[arg-type]
        await all_done(self.ctx)
        return await Job.get(id=job.id)


async def make_house(ctx: Context, key: str = "lavka") -> House:
    account = await make_account(key)
    program = await make_program(
        account, f"{key}-card", numbers=0, barcode_format=BarcodeFormat.CODE128
    )
    brand = await make_brand(program, key)
    return House(ctx.acting(OPERATOR, CLI), account, program, brand)


@pytest.fixture
async def house(database: str, ctx: Context) -> House:
    return await make_house(ctx)


@pytest.fixture
async def lavka(house: House) -> House:
    """With five numbers and an offer."""
    await another_offer(house.brand, "gift")
    await add_numbers(house.program, 5)
    return house


async def wrong_lines(job: Job) -> dict[int, str]:
    """What was wrong, by line."""
    rows = await JobResult.filter(job_id=job.id).order_by("number")
    return {line: what for row in rows for line, what, _ in row.lines}
