"""A registry of reserved numbers: free ones into the program's pool."""

from backend.jobs.layout import Bad, Row
from backend.jobs.numbers import Around, Given, Numbers
from backend.jobs.registries.fields import LONGEST, NUMBER, too_long
from backend.jobs.registries.losses import newest_number, set_aside_if_lost
from backend.platform.context import Context
from catalog.pack.table import Columns
from models.brand import Brand
from models.job import Job
from models.program import Program


class RegistryNumbers(Numbers):
    def columns(self, _program: Program | None, _brand: Brand | None) -> Columns:
        return Columns(required=(NUMBER,), optional=("barcode",), others=True)

    def read(
        self, ctx: Context, around: Around, rows: list[Row]
    ) -> tuple[list[tuple[Given, str]], list[Bad]]:
        long = [row for row in rows if too_long(*row.cells)]
        wrong = [Bad(row.line, f"{NUMBER}: is too long", LONGEST) for row in long]
        skipped = {row.line for row in long}
        rest = [row for row in rows if row.line not in skipped]
        given, bad = super().read(ctx, around, rest)
        return given, [*wrong, *_of_number(bad)]

    async def write(self, ctx: Context, job: Job, given: list[tuple[Given, str]]) -> list[Bad]:
        assert job.program_id is not None
        newest = await newest_number(job.program_id)
        bad = await super().write(ctx, job, given)
        printed = [number.printed for number, _ in given]
        await set_aside_if_lost(ctx, job, newest, printed)
        return _of_number(bad)


def _of_number(bad: list[Bad]) -> list[Bad]:
    return [Bad(each.line, f"{NUMBER}: {each.what}", each.expected) for each in bad]
