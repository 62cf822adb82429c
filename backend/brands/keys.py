"""Keys that come from an address, and what a tenant calls by them."""

from collections.abc import Mapping, Sequence
from typing import Any

from backend.platform.database import among, among_texts, asked_together, loaded, rows
from catalog.entries.values.key import EXPECTED, is_key
from catalog.tenant import Scope
from models.account import Account
from models.brand import Brand
from models.program import Program
from models.refusal import Code, Refusal

# of all: of the accounts that the scope has
_PROGRAMS = "SELECT * FROM programs WHERE key {named} AND account_id {accounts}"


def check_key(key: str) -> None:
    """Refuses with key_invalid (expected: what it may look like)."""
    if not is_key(key):
        raise Refusal(Code.KEY_INVALID, expected=EXPECTED)


async def account_of(scope: Scope, key: str) -> Account:
    """Refuses with account_not_found, also when the account is somebody else's."""
    found = await scope.own_accounts().filter(key=key).first()
    if found is None:
        raise Refusal(Code.ACCOUNT_NOT_FOUND)
    return found


async def program_of(scope: Scope, key: str) -> Program:
    """Refuses with program_not_found, also when the program is somebody else's."""
    found = await asked_together(_programs, scope.accounts, key)
    if found is None:
        raise Refusal(Code.PROGRAM_NOT_FOUND)
    return loaded(Program, found)


async def _programs(accounts: frozenset[int], keys: Sequence[str]) -> Mapping[str, dict[str, Any]]:
    """Rows by their keys."""
    statement = _PROGRAMS.format(named=among_texts(1), accounts=among(2))
    found = await rows(statement, [list(keys), sorted(accounts)])
    return {row["key"]: row for row in found}


async def brand_of(scope: Scope, key: str) -> Brand:
    """With its program. Refuses with brand_not_found, also when the brand is somebody else's."""
    found = await scope.brands().filter(key=key).select_related("program").first()
    if found is None:
        raise Refusal(Code.BRAND_NOT_FOUND)
    return found
