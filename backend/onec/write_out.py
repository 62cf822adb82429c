"""Cards and owners into the folder that 1С reads: each stretch of changes in one file, once.

Where a file begins stands in its name. Whoever is killed between writing it and keeping that it was
written writes it again under the same name, with the same cards and perhaps more; what it tells is
how cards stand, so that reading it twice changes nothing.
"""

import asyncio
from pathlib import Path

from backend.onec.tell_cards import MOST, NAMES, Part, tell_cards
from backend.partners.onec.wire.table import table
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.secrets.private_file import write_private
from catalog.tenant import Scope
from models.exchange import ExchangeOut
from models.program import Program

# Files that wait for 1С: when nobody reads, nothing is written.
MOST_FILES = 1000
_MOVE = """
UPDATE exchange_outs SET cursor = $2 WHERE program_id = $1 AND cursor = $3 RETURNING id
"""


async def write_out(ctx: Context, program: Program, folder: Path) -> bool:
    """One file at most; whether there was something to write."""
    if await asyncio.to_thread(_waiting, folder) >= MOST_FILES:
        return False
    kept, _ = await ExchangeOut.get_or_create(program_id=program.id)
    part = await tell_cards(ctx, Scope.of([program.account_id]), program, kept.cursor, MOST)
    if part.after == kept.cursor:
        return False
    if part.cards:
        await asyncio.to_thread(_write, folder / _name(kept.cursor), part)
    async with transaction():
        await rows(_MOVE, [program.id, part.after, kept.cursor])
    return True


def _waiting(folder: Path) -> int:
    return sum(1 for each in folder.iterdir() if each.name.startswith("cards-"))


def _name(cursor: str) -> str:
    """Names in the order in which they are to be read: every card by its id, then the changes."""
    kind, _, rest = cursor.partition(":")
    if kind == "all" or not cursor:
        return f"cards-a{(rest.partition(':')[0] or '0').zfill(12)}.csv"
    return f"cards-b{cursor.zfill(12)}.csv"


def _write(path: Path, part: Part) -> None:
    lines = [[record.get(name, "") for name in NAMES] for record in part.cards]
    write_private(path, table(NAMES, lines))
    path.chmod(0o660)
