"""The next people of an account, however many it has: those of `Scope.customers` by their ids.

Whoever carries a card or has agreed to something is found by the index of what it is about. Of the
deleted no card is carried and no answer is a yes.
"""

from collections.abc import Iterator

from backend.platform.database import among, rows
from backend.platform.walk import Place, walk
from catalog.tenant import Scope
from models.consent_document import ConsentPurpose

_WHO = "s.customer_id"
# of all: of the accounts that the scope has
_PROGRAMS = "programs p WHERE p.account_id {accounts}"
_BRANDS = "programs p JOIN brands b ON b.program_id = p.id WHERE p.account_id {accounts}"
# By what is agreed to, and what of the account that is about.
_AGREED = (
    (ConsentPurpose.PROGRAM_TERMS, _PROGRAMS, "p.id"),
    (ConsentPurpose.PERSONAL_DATA, "accounts a WHERE a.id {accounts}", "a.id"),
    (ConsentPurpose.ADVERTISING, _BRANDS, "b.id"),
)


async def next_people(scope: Scope, after: int, count: int) -> list[int]:
    """The first `count` ids behind `after`."""
    found = await rows(walk(_places(among(1))), [sorted(scope.accounts), after, count])
    return [row["id"] for row in found]


def _places(accounts: str) -> Iterator[Place]:
    programs = _PROGRAMS.format(accounts=accounts)
    yield Place(programs, "p.id", "cards s", "s.program_id", _WHO, "s.removed_at IS NULL")
    for purpose, things, thing in _AGREED:
        holds = f"s.granted AND s.purpose = '{purpose.value}'"
        whose = things.format(accounts=accounts)
        yield Place(whose, thing, "consent_states s", "s.subject_id", _WHO, holds)
