"""Add changes to the feeds of their accounts.

Ids are given before commit, so that an id says nothing of what a reader may have missed. A change's
number is given by whoever holds the row of the account's feed, and held until they commit: numbers
follow the commits, none is left out, and whoever has read up to one has read all below it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from backend.changes.draft import Draft
from backend.platform.database import among, is_postgres, places, rows

# Values of a statement are bounded.
ROWS = 500
# of all: the feeds of the accounts that the changes name, in one order, so that nobody waits in a
# ring
_HOLD = """
SELECT account_id, seq, consents_seq FROM account_feeds WHERE account_id {among}
ORDER BY account_id {lock}
"""
_BEGIN = """
INSERT INTO account_feeds (account_id) VALUES {rows} ON CONFLICT (account_id) DO NOTHING
"""
# of all: of the accounts that the changes name
_TOLD = """
SELECT account_id, origin FROM account_changes
WHERE account_id {among} AND origin IN ({those})
"""
_ADD = """
INSERT INTO account_changes (account_id, seq, kind, origin, at, customer_id, card_id, data)
VALUES {rows}
"""
_UP_TO = "UPDATE account_feeds SET seq = $1 WHERE account_id = $2"


@dataclass(frozen=True, slots=True)
class Held:
    """How far a feed has come: the last number, and the last link of the chain of consents."""

    seq: int
    consents_seq: int


async def hold(account_ids: Iterable[int]) -> dict[int, Held]:
    """Inside a transaction: nobody else writes to these feeds until it ends."""
    wanted = sorted(set(account_ids))
    found = await _held(wanted)
    missing = [each for each in wanted if each not in found]
    if missing:
        await rows(_BEGIN.format(rows=places(len(missing), 1)), missing)
        found = await _held(wanted)
    return found


async def _held(wanted: list[int]) -> dict[int, Held]:
    if not wanted:
        return {}
    lock = "FOR UPDATE" if is_postgres() else ""
    found = await rows(_HOLD.format(among=among(1), lock=lock), [wanted])
    return {row["account_id"]: Held(row["seq"], row["consents_seq"]) for row in found}


async def append(drafts: Sequence[Draft]) -> int:
    """Inside a transaction; returns how many were new. In the order given."""
    if not drafts:
        return 0
    held = await hold(draft.account_id for draft in drafts)
    return await append_held({account: each.seq for account, each in held.items()}, drafts)


async def append_held(last: dict[int, int], drafts: Sequence[Draft]) -> int:
    """The same by whoever holds the feeds; `last` are their numbers."""
    told = await _told_already(drafts)
    made: list[list[Any]] = []
    for draft in drafts:
        if (draft.account_id, draft.origin) not in told:
            told.add((draft.account_id, draft.origin))
            last[draft.account_id] += 1
            made.append(_row(draft, last[draft.account_id]))
    for first in range(0, len(made), ROWS):
        some = made[first : first + ROWS]
        marks = places(len(some), len(some[0]))
        await rows(_ADD.format(rows=marks), [value for row in some for value in row])
    for account_id in sorted({row[0] for row in made}):
        await rows(_UP_TO, [last[account_id], account_id])
    return len(made)


async def _told_already(drafts: Sequence[Draft]) -> set[tuple[int, str]]:
    accounts = sorted({draft.account_id for draft in drafts})
    origins = sorted({draft.origin for draft in drafts})
    told: set[tuple[int, str]] = set()
    for first in range(0, len(origins), ROWS):
        some = origins[first : first + ROWS]
        those = ", ".join(f"${n}" for n in range(2, len(some) + 2))
        found = await rows(_TOLD.format(among=among(1), those=those), [accounts, *some])
        told |= {(row["account_id"], row["origin"]) for row in found}
    return told


def _row(draft: Draft, seq: int) -> list[Any]:
    return [
        draft.account_id,
        seq,
        draft.kind.value,
        draft.origin,
        draft.at,
        draft.customer_id,
        draft.card_id,
        orjson.dumps(draft.data).decode(),
    ]
