"""A pass by its serial: what the partner has made, or a card that is there."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.cards.steer.next_cards import next_cards
from catalog.tenant import Scope, cards_numbered
from models.assignment import Assignment
from models.card import Card, CardStatus
from models.facade import LONGEST_SERIAL, FacadePass
from models.program import Program
from models.refusal import Code, Refusal

_GOOD = f"c.removed_at IS NULL AND c.status = '{CardStatus.ACTIVE.value}'"


@dataclass(frozen=True, slots=True)
class Pass:
    """`row` is None of a card that came without the partner, `card` while nobody has come."""

    serial: str
    program: Program
    row: FacadePass | None
    card: Card | None
    assignment: Assignment | None


async def find_pass(scope: Scope, serial: str, *, held: bool = False) -> Pass:
    """`held`: inside a transaction, its row locked. Refuses with card_not_found, also when it is
    another account's."""
    named = serial if len(serial) <= LONGEST_SERIAL else ""
    asked = scope.facade_passes().filter(serial=named)
    if held:
        await asked.select_for_update().first()
    row = await asked.select_related("program", "assignment").first()
    card = await card_with(scope, serial)
    if (row is not None and row.ended_at is not None) or (row is None and card is None):
        raise Refusal(Code.CARD_NOT_FOUND)
    program = row.program if row is not None else card.program if card is not None else None
    assert program is not None
    assignment = None if row is None else row.assignment
    if assignment is None and card is not None:
        assignment = await scope.assignments().filter(card_id=card.id, state="claimed").first()
    return Pass(serial, program, row, card, assignment)


async def card_with(scope: Scope, serial: str) -> Card | None:
    """Of several programs the first."""
    found = await cards_numbered(scope, serial)
    return await (
        found.filter(customer__deleted_at__isnull=True)
        .order_by("id")
        .select_related("program")
        .first()
    )


async def waiting_serials(scope: Scope, after: int, most: int) -> Sequence[tuple[int, str]]:
    """A page of passes for which nobody has come, by id."""
    rows = scope.facade_passes().filter(
        ended_at__isnull=True, assignment__state="waiting", id__gt=after
    )
    return [(int(row.id), row.serial) for row in await rows.order_by("id").limit(most)]


async def card_serials(scope: Scope, after: int, most: int) -> Sequence[tuple[int, str]]:
    """A page of cards that are good, by id."""
    ids = await next_cards(scope, after, most, holds=_GOOD)
    rows = scope.cards().filter(id__in=ids or [0])
    return [(int(row.id), row.printed_number) for row in await rows.order_by("id")]
