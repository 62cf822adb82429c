"""Plastic that a brand has handed out: who holds which number, unreadably."""

from backend.brands.load_issued import plastic_of, write_plastic
from backend.jobs.layout import Bad, Row
from backend.platform.context import Context
from backend.platform.watch.audit import note
from catalog.entries.issued import IssuedEntry, issued_mistakes
from catalog.pack.table import Columns
from models.audit_entry import Verb
from models.brand import Brand
from models.issued_plastic import IssuedPlastic
from models.job import Job
from models.program import Program


class Plastic:
    # Phones are parsed, which takes its time.
    piece = 64 * 1024

    def columns(self, _program: Program | None, _brand: Brand | None) -> Columns:
        return Columns(required=("card_number",), optional=("phone", "email"))

    async def around(self, job: Job) -> Program:
        assert job.program is not None
        return job.program

    def read(
        self, ctx: Context, around: Program, rows: list[Row]
    ) -> tuple[list[IssuedPlastic], list[Bad]]:
        given, bad = list[IssuedPlastic](), list[Bad]()
        for line, (number, phone, email) in rows:
            entry = IssuedEntry(number.replace(" ", ""), phone, email.lower())
            wrong = next(issued_mistakes(entry), None)
            if wrong is None:
                given.append(plastic_of(ctx, around, entry))
            else:
                bad.append(Bad(line, *wrong))
        return given, bad

    async def write(self, _ctx: Context, _job: Job, given: list[IssuedPlastic]) -> list[Bad]:
        """A number that is known gets the holder of the file."""
        await write_plastic(iter(given))
        return []

    async def ended(self, ctx: Context, job: Job) -> None:
        whose = job.account_id
        await note(ctx, Verb.LOAD_ISSUED, "program", job.program_id, job.done, account_id=whose)
