"""What a posting is to change, worked out of what stands. Pure: no I/O.

Amounts are whole numbers, hundredths of a point (models.ledger.POINT).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.ledger import Book, HoldState
from models.refusal import Code, Refusal


@dataclass(frozen=True, slots=True)
class Lot:
    """Points that end together: what is left of them."""

    id: int
    remains: int


@dataclass(frozen=True, slots=True)
class State:
    """What stands of a card. `version` 0: nothing was ever posted. `lots`: those with something
    left, what ends first first."""

    version: int = 0
    available: int = 0
    held: int = 0
    lots: tuple[Lot, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """On a card's book without a lot: of the lot that the posting makes."""

    book: Book
    amount: int
    lot_id: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """`version`: of the state that it was worked out of; None: it holds whatever stands.
    `expires_at` is of the lot that the posting makes; `hold_until` makes a hold; `of_id` is the
    posting or the hold that it is about, `closes` what becomes of that hold."""

    amount: int
    entries: tuple[Entry, ...]
    version: int | None = None
    expires_at: datetime | None = None
    hold_until: datetime | None = None
    of_id: int | None = None
    closes: HoldState | None = None

    def __post_init__(self) -> None:
        assert sum(entry.amount for entry in self.entries) == 0, "the entries do not add up"

    @property
    def fresh(self) -> int:
        """What comes in a lot of its own."""
        return sum(e.amount for e in self.entries if e.book is Book.POINTS and e.lot_id is None)

    def moved(self, book: Book) -> int:
        return sum(entry.amount for entry in self.entries if entry.book is book)

    @property
    def drawn(self) -> dict[int, int]:
        """Lot → what its points change by."""
        changes: dict[int, int] = {}
        for entry in self.entries:
            if entry.book is Book.POINTS and entry.lot_id is not None:
                changes[entry.lot_id] = changes.get(entry.lot_id, 0) + entry.amount
        return changes


def given(amount: int, book: Book, expires_at: datetime | None) -> Plan:
    """New points, out of a book of the program's."""
    entries = (Entry(book, -amount), Entry(Book.POINTS, amount))
    return Plan(amount, entries, expires_at=expires_at)


def taken(state: State, amount: int, book: Book, lots: Sequence[Lot] | None = None) -> Plan:
    """Points into a book of the program's, the oldest first or in the order of `lots`. Refuses
    with not_enough_points."""
    drawn = draw(state.lots if lots is None else lots, amount)
    entries = [Entry(Book.POINTS, -part, lot_id) for lot_id, part in drawn]
    return Plan(amount, (*entries, Entry(book, amount)), version=state.version)


def set_aside(state: State, amount: int, until: datetime) -> Plan:
    """Refuses with not_enough_points."""
    drawn = draw(state.lots, amount)
    out = [Entry(Book.POINTS, -part, lot_id) for lot_id, part in drawn]
    kept = [Entry(Book.HELD, part, lot_id) for lot_id, part in drawn]
    return Plan(amount, (*out, *kept), version=state.version, hold_until=until)


def draw(lots: Iterable[Lot], amount: int) -> list[tuple[int, int]]:
    """(lot, part) of so much, from the first on. Refuses with not_enough_points."""
    parts, wanted = [], amount
    for lot in lots:
        part = min(lot.remains, wanted)
        if part > 0:
            parts.append((lot.id, part))
            wanted -= part
    if wanted:
        raise Refusal(Code.NOT_ENOUGH_POINTS)
    return parts
