"""How an assignment is written down, with what has to hold in that moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.platform.context import Context
from backend.platform.database import loaded, places, rows
from backend.platform.watch.audit import note
from backend.restored.unsettled import NOT_PAUSED
from models.assignment import Assignment, AssignmentState, Hindrance, NumberFrom
from models.audit_entry import Verb
from models.contact import ContactKind
from models.program import Program

COLUMNS = """
program_id, created_at, nonce, own_index, phone_index, email_index, sealed, expires_at,
state, hindrance, number_from, printed_number, barcode_value
"""
# $1 to $8 are the values of `Wanted`.
VALUES = "$1, $2, $3, $4, $5, $6, $7, $8, 'waiting', ''"
# That the program gives cards: there is an offer by which the person can come to it.
# of all: asked of the program of the assignment
POSSIBLE = f"""
EXISTS (SELECT 1 FROM offers JOIN brands ON brands.id = offers.brand_id
    JOIN programs ON programs.id = brands.program_id
    WHERE programs.id = $1 AND programs.status <> 'paused' AND offers.status = 'published'
    AND (offers.starts_at IS NULL OR offers.starts_at <= $2)
    AND (offers.ends_at IS NULL OR offers.ends_at > $2))
AND {NOT_PAUSED}
"""  # noqa: S608  put together from constants
# Of two at once for the same person or number, the second makes none.
# of all: the values say whose it is
ADD = f"""
INSERT INTO assignments ({COLUMNS}) SELECT {VALUES}, $9, $10, $11 WHERE {POSSIBLE}
ON CONFLICT DO NOTHING RETURNING *
"""
# Of two at once for the same person or number, the second makes none.
# of all: the values say whose it is
ADD_MANY = f"""
INSERT INTO assignments ({COLUMNS}) VALUES {{rows}}
ON CONFLICT DO NOTHING RETURNING id, own_index, barcode_value
"""  # noqa: S608
# Values of a statement are bounded.
ROWS = 500

# What the audit trail calls it.
SUBJECT = "assignment"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`own_index` and `indexes` as in backend.cards.assign.named."""

    program: Program
    nonce: str
    own_index: str
    indexes: Mapping[ContactKind, str]
    sealed: bytes
    at: datetime
    expires_at: datetime

    def values(self) -> list[Any]:
        contacts = [self.indexes[ContactKind.PHONE], self.indexes[ContactKind.EMAIL]]
        head = [self.program.id, self.at, self.nonce, self.own_index]
        return [*head, *contacts, self.sealed, self.expires_at]


# With its number, as it is read and as it is carried.
Pair = tuple[Wanted, tuple[str, str]]


class NotMade(Exception):
    """Ends the transaction in which a number was taken for nothing."""


async def add(wanted: Wanted, source: NumberFrom, printed: str, carried: str) -> Assignment:
    """Inside the transaction that has taken the number. Raises NotMade."""
    made = await rows(ADD, [*wanted.values(), source.value, printed, carried])
    if not made:
        raise NotMade
    return loaded(Assignment, made[0])


async def note_assigned(ctx: Context, wanted: Wanted, made: Assignment) -> None:
    """Inside the same transaction."""
    whose = wanted.program.account_id
    await note(ctx, Verb.ASSIGN_CARD, SUBJECT, made.id, account_id=whose)


async def add_many(pairs: Sequence[Pair], source: NumberFrom) -> list[dict[str, Any]]:
    """At most ROWS, inside the transaction that has taken the numbers and has found that the
    program gives cards: id, own_index and barcode_value of what was made, in the order given."""
    if not pairs:
        return []
    begins = [AssignmentState.WAITING.value, Hindrance.NONE.value, source.value]
    values = [[*wanted.values(), *begins, *number] for wanted, number in pairs]
    statement = ADD_MANY.format(rows=places(len(values), len(values[0])))
    made = await rows(statement, [value for row in values for value in row])
    return sorted(made, key=lambda row: int(row["id"]))
