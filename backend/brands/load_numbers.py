"""Add free numbers to the pool of one program: all of a file or nothing."""

import asyncio
from pathlib import Path

from backend.brands.add_numbers import add_numbers
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import note
from backend.platform.watch.use_case_log import log_of
from catalog.pack.numbers import NumbersCheck, number_rows
from catalog.pack.problems import Problems
from models.audit_entry import Verb
from models.program import Program


class ProgramNotFound(LookupError):
    """No program has this key."""


async def load_numbers(ctx: Context, program_key: str, path: Path) -> tuple[int, int]:
    """How many numbers the file holds, and how many of them are new.

    Raises PackRefused with every mistake of the file, and ProgramNotFound.
    """
    # of all: the operator names the program by its key
    program = await Program.get_or_none(key=program_key)
    if program is None:
        raise ProgramNotFound(program_key)
    problems = Problems()
    check = NumbersCheck(path.name, program.barcode_format)
    # A file may have millions of numbers: not on the event loop.
    held = await asyncio.to_thread(check.count, path, problems)
    problems.refuse_if_any()
    async with transaction():
        fresh = await add_numbers(program.id, number_rows(path), ctx.clock())
        whose = program.account_id
        await note(ctx, Verb.LOAD_NUMBERS, "program", program.id, fresh, account_id=whose)
    ctx.rules.forget()
    log_of(ctx, __name__).info("numbers are loaded", program=program.key, new=fresh)
    return held, fresh
