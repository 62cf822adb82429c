"""What was wrong in a file of 1С's, as a file that 1С reads back."""

from collections.abc import AsyncIterator

from backend.jobs.layout import Bad
from backend.jobs.read_result import read_result
from backend.partners.onec.wire.kinds import KINDS
from backend.partners.onec.wire.table import table
from models.job import Job

NAMES = ["line", "field", "what", "expected"]


async def mistakes_of(job: Job) -> AsyncIterator[bytes]:
    """The table piece by piece: of each line that has no effect its number, the field, what is
    wrong and what was expected. Nothing of the line itself."""
    yield table(NAMES, [])
    async for some in read_result(job):
        yield table([], [_row(job, each) for each in some])


def _row(job: Job, bad: Bad) -> list[str]:
    return [str(bad.line), field_of(job.kind.value, bad.what), bad.what, bad.expected]


def field_of(kind: str, what: str) -> str:
    """ "amount" of "amount is '40,5'"; empty for what is wrong with the line as a whole."""
    first = what.partition(" ")[0]
    if "no card has this number" in what:
        return "number" if kind == "cards" else "card"
    return first if kind in KINDS and first in KINDS[kind].columns else ""
