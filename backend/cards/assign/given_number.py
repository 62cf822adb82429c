"""A number that the brand gives along: one of the pool, one that it has issued itself or that a
card carries, or one of its own, of which the pool has a row as long as the assignment stands, so
that nobody else gets it."""

from tortoise.expressions import Q

from backend.cards.assign.pool_number import ASSIGNED, assigned
from backend.cards.assign.written import NotMade, Wanted, add
from backend.cards.pool.pool_level import step_down
from backend.outbox.announce import announce
from backend.platform.database import rows, transaction
from models.assignment import Assignment, AssignmentState, NumberFrom
from models.card import Card
from models.pool_number import NumberStatus, PoolNumber

_TAKE = f"""
UPDATE pool_numbers SET status = 'reserved', reason = '{ASSIGNED}', changed_at = $4
WHERE program_id = $1 AND barcode_value = $2 AND printed_number = $3 AND status = 'free'
RETURNING id
"""  # noqa: S608  put together from constants
_ADD = f"""
INSERT INTO pool_numbers (program_id, barcode_value, printed_number, changed_at, status, reason)
VALUES ($1, $2, $3, $4, 'reserved', '{ASSIGNED}')
ON CONFLICT DO NOTHING RETURNING id
"""  # noqa: S608


async def take_given(wanted: Wanted, printed: str, carried: str) -> Assignment | None:
    """Inside a transaction. None when the number is somebody's, or set aside for something else."""
    try:
        async with transaction():
            source, printed = await _taken(wanted, printed, carried)
            made = await add(wanted, source, printed, carried)
            await announce(wanted.at, assigned(wanted.program, made.id))
            if source is NumberFrom.POOL:
                await step_down(wanted.program.id, wanted.at)
            return made
    except NotMade:
        return None


async def _taken(wanted: Wanted, printed: str, carried: str) -> tuple[NumberFrom, str]:
    """Where it came from, and how it is read: as it stands where it is known. Raises NotMade."""
    program_id = wanted.program.id
    same = Q(barcode_value=carried) | Q(printed_number=printed)
    cards = await Card.filter(same, program_id=program_id).select_related("customer")
    if cards:
        return NumberFrom.ISSUED, await _of_card(cards, carried)
    known = await PoolNumber.filter(program_id=program_id, barcode_value=carried).first()
    if known is not None and known.status in {NumberStatus.FREE, NumberStatus.ISSUED}:
        printed = known.printed_number
    if known is not None and known.status is NumberStatus.ISSUED:
        return NumberFrom.ISSUED, printed
    values = [program_id, carried, printed, wanted.at]
    if known is not None and await rows(_TAKE, values):
        return NumberFrom.POOL, printed
    if known is None and await rows(_ADD, values):
        return NumberFrom.GIVEN, printed
    raise NotMade


async def _of_card(cards: list[Card], carried: str) -> str:
    """A card of a living person, which the brand knows under no other id."""
    card = cards[0]
    known = Assignment.filter(card_id=card.id, state=AssignmentState.CLAIMED)
    theirs = len(cards) == 1 and card.barcode_value == carried
    if not theirs or card.customer.deleted_at is not None or await known.exists():
        raise NotMade
    return card.printed_number
