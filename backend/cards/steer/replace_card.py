"""A card gets another number; the old one is nobody's from then on."""

from dataclasses import dataclass

from tortoise.exceptions import IntegrityError

from backend.cards.pocket.end_shares import revoke_shares
from backend.cards.pool.pool_level import step_down
from backend.cards.steer.held_card import held_card
from backend.events.cards import CardReplaced
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import is_postgres, rows, transaction
from backend.platform.watch.audit import note
from backend.restored.unsettled import refuse_while_unsettled
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.card import Card
from models.pool_number import CARRIED_BY_NOBODY, free_numbers
from models.program import FROM_POOL
from models.refusal import Code, Refusal

# of all: a number of the program $1
_TAKE = f"""
UPDATE pool_numbers SET status = 'issued', changed_at = $2
WHERE id = ({free_numbers("$1", "id", more=CARRIED_BY_NOBODY)}{{lock}})
RETURNING printed_number, barcode_value
"""  # noqa: S608  put together from constants
_TAKE_NAMED = """
INSERT INTO pool_numbers (program_id, printed_number, barcode_value, status, changed_at, reason)
VALUES ($1, $2, $3, 'issued', $4, '')
ON CONFLICT (program_id, barcode_value) DO UPDATE SET status = 'issued', changed_at = $4
WHERE pool_numbers.status = 'free' AND pool_numbers.printed_number = excluded.printed_number
RETURNING id
"""
# Another that is printed alike may be somebody's: only a free one is taken along.
_SET_ASIDE = """
UPDATE pool_numbers SET status = 'quarantined', changed_at = $4, reason = 'replaced'
WHERE program_id = $1
    AND (barcode_value = $3 OR printed_number = $2 AND status = 'free')
"""
# Of plastic the pool may know nothing yet.
_REMEMBER = """
INSERT INTO pool_numbers (program_id, printed_number, barcode_value, status, changed_at, reason)
VALUES ($1, $2, $3, 'quarantined', $4, 'replaced') ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Number:
    """What people read, and what the barcode carries."""

    printed: str
    value: str


async def replace_card(
    ctx: Context, scope: Scope, card_id: int, wanted: Number | None = None
) -> Card:
    """With the number that is wanted, or with one of the pool. The number that the card has
    already changes nothing. Nobody else may show it any more; the old number is set aside and
    never given again. Refuses with card_not_found, number_taken, pool_empty, issuing_paused."""
    async with transaction():
        card = await held_card(scope, card_id)
        assert card.program is not None
        old = Number(card.printed_number, card.barcode_value)
        if wanted == old:
            return card
        await refuse_while_unsettled()
        new = await _taken(ctx, card, wanted)
        await _given(card, new)
        values = [card.program.id, old.printed, old.value, ctx.clock()]
        await rows(_SET_ASIDE, values)
        await rows(_REMEMBER, values)
        await revoke_shares(ctx.clock(), card.id)
        ids = (card.id, card.customer_id, card.program.id, card.program.account_id)
        await announce(ctx.clock(), CardReplaced(*ids, old.printed, new.printed))
        whose = card.program.account_id
        await note(ctx, Verb.REPLACE_CARD, "card", card.id, account_id=whose)
    ctx.wake.set()
    return card


async def _taken(ctx: Context, card: Card, wanted: Number | None) -> Number:
    assert card.program is not None
    program, now = card.program, ctx.clock()
    if wanted is not None:
        values = [program.id, wanted.printed, wanted.value, now]
        try:
            async with transaction():
                found = await rows(_TAKE_NAMED, values)
        except IntegrityError:
            found = []
        if not found:
            raise Refusal(Code.NUMBER_TAKEN)
        await step_down(program.id, now)
        return wanted
    if program.processor not in FROM_POOL:
        raise Refusal(Code.POOL_EMPTY)
    lock = " FOR UPDATE SKIP LOCKED" if is_postgres() else ""
    free = await rows(_TAKE.format(lock=lock), [program.id, now])
    if not free:
        raise Refusal(Code.POOL_EMPTY)
    await step_down(program.id, now)
    return Number(free[0]["printed_number"], free[0]["barcode_value"])


async def _given(card: Card, new: Number) -> None:
    """Refuses with number_taken what another card carries."""
    card.printed_number, card.barcode_value = new.printed, new.value
    assert card.program is not None
    card.barcode_format = card.program.barcode_format
    try:
        async with transaction():
            names = ["printed_number", "barcode_value", "barcode_format"]
            await card.save(update_fields=names)
    except IntegrityError:
        raise Refusal(Code.NUMBER_TAKEN) from None
