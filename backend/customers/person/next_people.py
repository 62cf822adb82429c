"""The next people of an account, however many it has: those of `Scope.customers` by their ids.

Whoever carries a card or has agreed to something is found by the index of what it is about. Of the
deleted no card is carried and no answer is a yes.
"""

from collections.abc import Iterator

from backend.platform.database import among, rows
from backend.platform.walk import Place, walk
from catalog.tenant import Scope
from models.channel import CHANNEL_NAMES
from models.consent_document import ConsentPurpose

_WHO = "s.customer_id"
_CHANNELS = " UNION ALL ".join(f"SELECT '{name}' AS name" for name in CHANNEL_NAMES)


async def next_people(scope: Scope, after: int, count: int) -> list[int]:
    """The first `count` ids behind `after`."""
    found = await rows(walk(_places(among(1))), [sorted(scope.accounts), after, count])
    return [row["id"] for row in found]


def _places(accounts: str) -> Iterator[Place]:
    """By cards, and by what was agreed to: there indexes are of the one kind or the other."""
    # of all: of the accounts that the scope has
    programs = f"programs p WHERE p.account_id {accounts}"
    yield Place(programs, "p.id", "cards s", "s.program_id", _WHO, "s.removed_at IS NULL")
    for purpose, things, thing in (
        (ConsentPurpose.PROGRAM_TERMS, programs, "p.id"),
        (ConsentPurpose.PERSONAL_DATA, f"accounts a WHERE a.id {accounts}", "a.id"),
    ):
        holds = f"s.granted AND s.purpose <> 'advertising' AND s.purpose = '{purpose.value}'"
        yield Place(things, thing, "consent_states s", "s.subject_id", _WHO, holds)
    # of all: of the accounts that the scope has
    yield Place(
        f"programs p JOIN brands b ON b.program_id = p.id CROSS JOIN ({_CHANNELS}) AS told"
        f" WHERE p.account_id {accounts}",
        "b.id, told.name",
        "consent_states s",
        "s.subject_id, s.channel",
        _WHO,
        "s.granted AND s.purpose = 'advertising'",
    )
