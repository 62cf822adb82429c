"""The next cards of an account, however many cards others have."""

from backend.platform.database import among, rows
from backend.platform.walk import Place, walk
from catalog.tenant import Scope


async def next_cards(
    scope: Scope, after: int, count: int, *, program_id: int | None = None, holds: str = "TRUE"
) -> list[int]:
    """The first `count` ids behind `after`, of one program if it is named. `holds`: which of the
    cards `c` count."""
    # of all: of the accounts that the scope has
    of = f"programs p WHERE p.account_id {among(1)} AND p.id = COALESCE($4, p.id)"
    # of all: of the program in hand
    statement = walk([Place(of, "p.id", "cards c", "c.program_id", "c.id", holds)])
    found = await rows(statement, [sorted(scope.accounts), after, count, program_id])
    return [row["id"] for row in found]
