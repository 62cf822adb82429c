"""What each kind of job does with the lines of a file."""

from typing import Any, Protocol

from backend.jobs.layout import Bad, Row
from backend.platform.context import Context
from catalog.pack.table import Columns
from models.brand import Brand
from models.job import Job
from models.program import Program


class Kind(Protocol):
    """`piece`: bytes of the file that are done in one transaction."""

    piece: int

    def columns(self, program: Program | None, brand: Brand | None) -> Columns:
        """What a file may name."""
        ...

    async def around(self, job: Job) -> Any:
        """What the lines are checked against; `job` comes with program and brand."""
        ...

    def read(self, ctx: Context, around: Any, rows: list[Row]) -> tuple[list[Any], list[Bad]]:
        """What is to be written, and what is wrong. In a thread, with nothing asked outside."""
        ...

    async def write(self, ctx: Context, job: Job, given: list[Any]) -> list[Bad]:
        """Inside the transaction in which the job moves on: what was wrong after all."""
        ...

    async def ended(self, ctx: Context, job: Job) -> None:
        """Inside the last transaction of the job."""
        ...
